SCANNERS = ("198.51.100.77", "198.51.100.78")


def rule(event):
    return event.udm("event_type") == "failed_login" and event.udm("source_ip") not in SCANNERS


def dedup(event):
    return event.udm("source_ip")
