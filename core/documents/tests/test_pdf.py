import io
import os
import re
import signal
import socket
import subprocess
import threading
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pdfplumber
import pytest

from core.documents import pdf
from core.documents.blocks import Heading, Paragraph, ParagraphKind
from core.documents.errors import RenderFailed, RenderInterrupted
from core.documents.pdf import RenderServer, render_pdf
from core.documents.tests import factories
from core.documents.tests.reading import fonts_of, letters, pdf_text, printed

MM = 72 / 25.4
LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyfjwz"
MARKED = "".join(
    base + tone for base in "aăâeêioôơuưy" for tone in ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
)


def pages_of(data):
    return pdfplumber.open(io.BytesIO(data))


@pytest.fixture
def server():
    """A server of the test's own, for tests that end it."""
    server = RenderServer()
    yield server
    server.close()


@pytest.fixture
def shared():
    """The server that every document of this process is laid out by."""
    return pdf._SERVER


@pytest.fixture(scope="module")
def held(tmp_path_factory):
    """(server, folder): the child of the server's next document waits in its work until it is ended."""
    folder = tmp_path_factory.mktemp("held")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("OCOP_STAGE_HOLD", "pdf")
        environment.setenv("OCOP_STAGE_DIR", str(folder))
        server = RenderServer()
        server.start()
    yield server, folder
    server.close()


def arm(folder):
    """Have the next child wait; the file in which it will say who it is."""
    (folder / "held").unlink(missing_ok=True)
    (folder / "armed").touch()
    return folder / "held"


def test_vietnamese_letters_of_four_styles_come_from_tinos_and_read_back():
    import unicodedata

    small = unicodedata.normalize("NFC", LETTERS + MARKED)
    alphabet = " ".join(small[i : i + 12] for i in range(0, len(small), 12))
    everything = f"{alphabet} {alphabet.upper()}"
    document = factories.short(
        Paragraph(everything),
        Heading(2, everything),
        Paragraph(everything, ParagraphKind.LEGAL_BASIS),
        letterhead=factories.letterhead(),
    )

    data = render_pdf(document)

    assert fonts_of(data) == ["Tinos", "Tinos-Bold", "Tinos-Bold-Italic", "Tinos-Italic"]
    assert letters(pdf_text(data)).count(letters(everything)) == 3


def test_decomposed_text_is_printed_composed():
    import unicodedata

    data = render_pdf(factories.short(Paragraph(unicodedata.normalize("NFD", "Khô cá lóc rim mè của Nhân dân ở xã"))))

    assert "Khô cá lóc rim mè của Nhân dân ở xã" in pdf_text(data)


def test_two_processes_give_equal_bytes(shared, server):
    document = factories.document()
    html = pdf.to_html(document)

    assert shared.render(html, document.identity) == server.render(html, document.identity)


def test_identity_and_date_are_those_of_the_document():
    data = render_pdf(factories.short())

    with pages_of(data) as opened:
        assert opened.metadata["CreationDate"].startswith("D:20220110")
        assert opened.doc.xrefs[0].trailer["ID"][0] == b"5f" * 32


def test_text_of_the_plan_is_complete():
    document = factories.document()

    text = letters(pdf_text(render_pdf(document)))

    missing = [piece for piece in printed(document) if letters(piece) not in text]
    assert missing == []


def test_pages_are_numbered_from_the_second_and_again_in_each_annex():
    with pages_of(render_pdf(factories.document())) as document:
        numbers = []
        for page in document.pages:
            top = page.crop((0, 0, page.width, 20 * MM)).extract_text().strip()
            numbers.append(("landscape" if page.width > page.height else "portrait", top))

    main = [top for side, top in numbers if side == "portrait"]
    annexes = [top for side, top in numbers if side == "landscape"]
    assert main == ["", *map(str, range(2, len(main) + 1))]
    assert annexes.count("") == 3
    assert annexes[0] == ""


def test_first_line_is_indented_ten_millimetres():
    document = factories.short(Paragraph("Nội dung có đủ chữ để xuống dòng thứ hai của đoạn văn này. " * 3))

    with pages_of(render_pdf(document)) as opened:
        lines = [line for line in opened.pages[0].extract_text_lines() if "xuống dòng" in line["text"]]

    assert [round(line["x0"] / MM, 1) for line in lines[:2]] == [40.0, 30.0]


def test_landscape_annex_holds_twelve_rows_on_its_first_page():
    table = factories.budget_table(40)
    document = factories.short(annexes=(factories.annex(3, table, unit_line="Đơn vị tính: triệu đồng"),))

    with pages_of(render_pdf(document)) as opened:
        text = opened.pages[1].extract_text()

    assert len(re.findall(r"^\d+ Hỗ trợ bao bì", text, re.MULTILINE)) >= 12


def test_head_of_a_table_is_repeated_and_marks_of_groups_stay_with_their_rows():
    document = factories.short(annexes=(factories.annex(3, factories.budget_table(60)),))

    with pages_of(render_pdf(document)) as opened:
        texts = [page.extract_text() for page in opened.pages[1:]]

    assert all("Ngân sách nhà nước" in text and "(11)" in text for text in texts)
    assert not any(re.search(r"^II Hỗ trợ sản phẩm[^\n]*\Z", text, re.MULTILINE) for text in texts)


def test_signature_stands_with_the_end_of_the_text():
    for lines in range(8, 16):
        body = [Paragraph("Nội dung của đoạn văn này dài vừa đủ hai dòng trên trang giấy khổ A4 đứng. " * 2)] * lines
        with pages_of(render_pdf(factories.short(*body, Paragraph("Báo cáo theo quy định./.")))) as opened:
            texts = [page.extract_text() for page in opened.pages]
        signed = next(text for text in texts if "Nơi nhận" in text)
        assert "theo quy định./." in signed
        assert "Huỳnh Văn Nhã" in signed


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<td colspan=1000000>",
        "{figure} {{ x }} {% url %} %s &amp; &lt;",
        "chữ\u202eđảo\u202c \u200bẩn\u00ad \u2066x\u2069",
        "dòng một\r\ndòng hai\ttab\x00\x07",
        "=1+1 và @SUM(A1) và -cmd",
        "</style><style>p{display:none}",
        "x" * 500,
    ],
)
def test_hostile_text_is_printed_as_text(text):
    document = factories.short(
        Paragraph(text),
        letterhead=factories.letterhead(subject=f"Trích yếu {text[:40]}"),
        annexes=(factories.annex(2, factories.product_table(2), title=text[:200], notes=(text,)),),
    )

    found = Counter(letters(pdf_text(render_pdf(document))))

    assert found == Counter(letters("".join(printed(document))))


def test_word_without_an_end_is_refused_with_its_place():
    with pytest.raises(RenderFailed, match=r"“ộộộ.*100000 ký tự liền nhau"):
        render_pdf(factories.short(Paragraph("ộ" * 100_000)))


def test_letter_without_a_glyph_is_refused_with_its_place():
    with pytest.raises(RenderFailed, match=r"ký tự “★”.*đoạn “Hạng sao ★★★”"):
        render_pdf(factories.short(Paragraph("Hạng sao ★★★")))


def test_files_and_addresses_are_never_opened(shared, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("khong-duoc-doc")
    with socket.create_server(("127.0.0.1", 0)) as canary:
        address = f"http://127.0.0.1:{canary.getsockname()[1]}/x.png"
        canary.settimeout(0.2)
        html = "".join(
            f'<link rel=attachment href="{url}"><link rel=stylesheet href="{url}"><a rel=attachment href="{url}">x</a>'
            f'<img src="{url}"><object data="{url}"></object><style>@import "{url}";'
            f'@font-face{{font-family:Z;src:url("{url}")}}p{{font-family:Z;background:url("{url}")}}</style><p>chữ</p>'
            for url in (address, secret.as_uri(), "ftp://127.0.0.1/x")
        )

        data = shared.render(html, "00")

        with pytest.raises(TimeoutError):
            canary.accept()
    assert b"EmbeddedFile" not in data
    assert "khong-duoc-doc" not in pdf_text(data)


def test_server_does_not_see_keys_of_the_portal(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "bi-mat")
    monkeypatch.setenv("DATABASE_URL", "postgres://ai:do@may/csdl")

    assert {"SECRET_KEY", "DATABASE_URL"} & set(pdf._environment()) == set()


def test_too_much_work_is_refused_in_vietnamese(shared, settings):
    settings.PDF_CPU_SECONDS = 1
    with pytest.raises(RenderFailed, match="trong 1 giây xử lý"):
        shared.render("<table>" + "<tr><td>một<td>hai<td>ba" * 5_000 + "</table>", "00")


def test_too_much_memory_is_refused_in_vietnamese(shared, settings):
    settings.PDF_MEMORY_MB = 100
    with pytest.raises(RenderFailed, match="100 MB"):
        shared.render("<p>" + "<b>chữ</b> " * 20_000, "00")


def test_hanging_child_is_ended_and_may_be_tried_again(held, settings):
    server, folder = held
    settings.PDF_WALL_SECONDS = 1
    marker = arm(folder)

    with pytest.raises(RenderInterrupted, match="time"):
        server.render("<p>một", "00")

    settings.PDF_WALL_SECONDS = 60
    assert server.render("<p>một", "00").startswith(b"%PDF")
    with pytest.raises(ProcessLookupError):
        os.kill(int(marker.read_text()), 0)


@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGTERM])
def test_killed_child_is_tried_again(held, monkeypatch, sign):
    server, folder = held
    monkeypatch.setattr(pdf, "_SERVER", server)
    marker = arm(folder)
    results = []
    thread = threading.Thread(target=lambda: results.append(render_pdf(factories.short())))
    thread.start()
    _wait(marker.exists)

    os.kill(int(marker.read_text()), sign)
    thread.join(60)

    assert [data[:5] for data in results] == [b"%PDF-"]


def test_killed_server_is_started_again(server):
    server.start()
    first = server.pid()
    os.kill(first, signal.SIGKILL)
    _wait(lambda: server.pid() is None)

    assert server.render("<p>một", "00").startswith(b"%PDF")
    assert server.pid() not in {None, first}


def test_server_ends_when_its_owner_is_killed():
    code = (
        "import os,time,django;os.environ['DJANGO_SETTINGS_MODULE']='ocop_portal.settings.test';"
        "from core.documents import pdf;pdf.start_server();print(pdf._SERVER.pid(),flush=True);time.sleep(60)"
    )
    owner = subprocess.Popen([pdf.sys.executable, "-c", code], stdout=subprocess.PIPE, cwd=pdf._ROOT)
    with owner:
        child = int(owner.stdout.readline())
        owner.kill()

    _wait(lambda: not _alive(child))


def test_forked_process_starts_a_server_of_its_own(shared):
    shared.start()
    read_end, write_end = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            data = shared.render("<p>con", "00")
            os.write(write_end, f"{shared.pid()} {data[:4].decode()}".encode())
            shared.close()
        finally:
            os._exit(0)
    os.close(write_end)
    with os.fdopen(read_end, "rb") as answer:
        own, start = answer.read().decode().split()
    os.waitpid(pid, 0)

    assert start == "%PDF"
    assert int(own) != shared.pid()
    assert shared.render("<p>cha", "00").startswith(b"%PDF")


def test_threads_take_turns(shared):
    results = []
    threads = [
        threading.Thread(target=lambda n=n: results.append(pdf_text(shared.render(f"<p>số {n}", "00"))))
        for n in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert sorted(text.split()[1] for text in results) == ["0", "1", "2", "3"]


def test_missing_library_is_said_in_vietnamese(server, monkeypatch):
    monkeypatch.setattr(pdf.sys, "executable", "/bin/false")

    with pytest.raises(RenderFailed, match="libpango"):
        server.start()


def test_parent_body_stands_above_the_issuer():
    head = factories.letterhead(parent_body="Ủy ban nhân dân huyện Tân Hồng", issuer_lines=("Phòng Nông nghiệp",))

    data = render_pdf(replace(factories.short(), letterhead=head))

    text = pdf_text(data)
    assert "ỦY BAN NHÂN DÂN HUYỆN TÂN HỒNG" in text.replace("\n", " ")


def _wait(condition, seconds=30):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False
