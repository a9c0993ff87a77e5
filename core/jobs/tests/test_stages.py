"""The points where a drill holds a process."""

import threading

from core.jobs import stages


def test_reached_without_a_drill_does_nothing(monkeypatch, tmp_path) -> None:
    monkeypatch.delenv("OCOP_STAGE_HOLD", raising=False)

    stages.reached("claimed")


def test_reached_at_another_stage_goes_on(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("OCOP_STAGE_HOLD", "pdf")
    monkeypatch.setenv("OCOP_STAGE_DIR", str(tmp_path))
    (tmp_path / "armed").touch()

    stages.reached("claimed")

    assert (tmp_path / "armed").exists()


def test_reached_holds_one_process_once_until_released(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("OCOP_STAGE_HOLD", "pdf")
    monkeypatch.setenv("OCOP_STAGE_DIR", str(tmp_path))
    (tmp_path / "armed").touch()
    held = threading.Thread(target=stages.reached, args=("pdf",))

    held.start()
    while not (tmp_path / "held").exists():
        held.join(0.01)
    stages.reached("pdf")
    assert held.is_alive()
    (tmp_path / "release").touch()
    held.join(10)

    assert not held.is_alive()
