REMOVING = [
    "protected_branch.destroy",
    "repository_secret_scanning.disable",
]
REMOVING += ["repository_vulnerability_alerts.disable"]


def in_playground(event):
    repository = event.get("repo", "")
    return repository.startswith("example/playground-") or repository.endswith(("-demo", "-archive"))


def rule(event):
    action = event.get("action")
    return action in REMOVING and not in_playground(event)
