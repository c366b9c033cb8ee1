# Roles that the platform team's own pipelines take.
PIPELINE_ROLES = ("deploy-pipeline", "image-pipeline")


def call_succeeded(event):
    """Whether AWS did what was asked."""
    if event.get("errorCode") or event.get("errorMessage"):
        return False
    return True


def by_pipeline(event):
    """Whether one of our own pipelines made the call."""
    arn = event.deep_get("userIdentity", "arn", default="")
    return any(f":assumed-role/{role}/" in arn for role in PIPELINE_ROLES)
