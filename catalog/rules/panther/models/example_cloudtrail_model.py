def event_type(event):
    outcome = event.deep_get("responseElements", "ConsoleLogin")
    if event.get("eventName") == "ConsoleLogin" and outcome == "Failure":
        return "failed_login"
    return None
