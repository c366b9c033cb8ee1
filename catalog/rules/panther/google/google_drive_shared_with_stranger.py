OUR_DOMAINS = {"example.com", "example.org"}
RIGHTS = ["can_edit", "can_view"]


def rule(event):
    if event.deep_get("id", "applicationName") != "drive" or event.get("name") != "change_user_access":
        return False
    given = event.deep_walk("parameters", "new_value", default=[])
    person = event.deep_get("parameters", "target_user", default="")
    is_ours = [person.endswith(f"@{domain}") for domain in OUR_DOMAINS]
    return any(right in given for right in RIGHTS) and not any(is_ours)
