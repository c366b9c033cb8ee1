from example_aws_helpers import by_pipeline, call_succeeded

STOPPING = {"DeleteTrail", "PutEventSelectors", "StopLogging"}


def rule(event):
    if event.get("eventSource") != "cloudtrail.amazonaws.com":
        return False
    if not call_succeeded(event) or by_pipeline(event):
        return False
    return event.get("eventName") in STOPPING


def title(event):
    return f"{event.get('eventName')} in account {event.get('recipientAccountId')}"


def severity(event):
    return "CRITICAL" if event.get("eventName") == "DeleteTrail" else "HIGH"
