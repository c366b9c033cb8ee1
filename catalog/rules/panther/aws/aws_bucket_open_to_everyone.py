EVERYONE = (
    "http://acs.amazonaws.com/groups/global/AllUsers",
    "http://acs.amazonaws.com/groups/global/AuthenticatedUsers",
)


def policy(resource):
    # The website's own bucket is meant to be read.
    if resource.get("Tags", {}).get("Public") == "yes":
        return True
    for grant in resource.get("Grants") or []:
        if grant["Grantee"]["URI"] in EVERYONE:
            return False
    return True
