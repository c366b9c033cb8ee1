def rule(event):
    return (
        event.get("eventType") == "user.session.start"
        and event.deep_get("securityContext", "isProxy", default=False)
        and event.deep_get("outcome", "result") == "SUCCESS"
    )
