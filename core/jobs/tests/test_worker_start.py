from core.jobs import registry, tasks


def test_what_registers_is_started_once_and_a_failure_stops_nothing(monkeypatch, caplog):
    started = []

    def broken():
        raise OSError

    monkeypatch.setattr(registry, "_at_start", {})
    registry.register_worker_start("hỏng", broken)
    registry.register_worker_start("tốt", lambda: started.append("tốt"))

    registry.worker_started().join(10)

    assert started == ["tốt"]
    assert "hỏng could not be started ahead" in caplog.text


def test_a_celery_process_starts_it(monkeypatch):
    called = []
    monkeypatch.setattr(registry, "worker_started", lambda: called.append(1))

    tasks.start_ahead()

    assert called == [1]


def test_the_render_server_is_started_ahead():
    from core.documents.pdf import start_server

    assert registry._at_start["render server"] == start_server
