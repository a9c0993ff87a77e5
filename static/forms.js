// Forms work without this script. With it, text that was typed is not left behind by mistake, and a pressed button
// looks pressed and is not sent twice. Only forms that write (they hold a token) are watched.
(() => {
  const UNSAVED = "Nội dung vừa sửa chưa lưu";
  const changed = new Set();
  let isSending = false;

  const values = (form) =>
    JSON.stringify([...new FormData(form)].map(([name, value]) => [name, value instanceof File ? value.name : value]));

  const noteOf = (form) => {
    const note = document.createElement("span");
    note.className = "unsaved";
    note.setAttribute("role", "status");
    form.querySelector(".acts")?.append(note);
    return note;
  };

  const watch = (form) => {
    // A page that shows errors, or text kept over a login, holds what was typed and not yet saved.
    const isKept = document.querySelector(".error-summary, [data-held]") !== null;
    const opened = isKept ? null : values(form);
    const note = noteOf(form);
    const look = () => {
      const isChanged = values(form) !== opened;
      changed[isChanged ? "add" : "delete"](form);
      note.textContent = isChanged ? UNSAVED : "";
    };
    const send = (event) => {
      if (form.hasAttribute("data-sending")) {
        event.preventDefault();
        return;
      }
      isSending = true;
      form.setAttribute("data-sending", "");
      for (const button of form.querySelectorAll("button:not([type=button])")) button.setAttribute("aria-disabled", "true");
    };
    form.addEventListener("input", look);
    form.addEventListener("change", look);
    form.addEventListener("submit", send);
    if (isKept) look();
  };

  for (const token of document.querySelectorAll("form input[name=form_token]")) watch(token.form);

  window.addEventListener("beforeunload", (event) => {
    if (changed.size > 0 && !isSending) event.preventDefault();
  });

  // A page that comes back from the browser's memory can be sent again.
  window.addEventListener("pageshow", () => {
    isSending = false;
    for (const form of document.querySelectorAll("form[data-sending]")) {
      form.removeAttribute("data-sending");
      for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
    }
  });
})();
