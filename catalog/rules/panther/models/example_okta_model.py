def event_type(event):
    if event.get("eventType") == "user.session.start" and event.deep_get("outcome", "result") == "FAILURE":
        return "failed_login"
    return None
