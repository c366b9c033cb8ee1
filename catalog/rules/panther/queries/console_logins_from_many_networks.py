def rule(event):
    return not event.get("person", "").endswith("/break-glass")


def severity(event):
    return "HIGH" if event.get("addresses", 0) > 20 else "DEFAULT"
