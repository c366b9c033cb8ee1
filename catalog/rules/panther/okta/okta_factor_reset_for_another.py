from fnmatch import fnmatch

RESETTING = {
    "user.mfa.factor.reset_all": "all factors",
    "user.mfa.factor.deactivate": "one factor",
}


def rule(event):
    if event.get("eventType") not in RESETTING:
        return False
    if (result := event.deep_get("outcome", "result")) and result != "SUCCESS":
        return False
    actor = event.deep_get("actor", "alternateId", default="")
    return not fnmatch(actor, "svc-helpdesk-*@example.com")


def title(event):
    return f"Reset of {RESETTING[event.get('eventType')]}"
