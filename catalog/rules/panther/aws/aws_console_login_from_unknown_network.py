import re
from ipaddress import ip_address, ip_network

OUR_NETWORKS = ["192.0.2.0/24", "198.51.100.0/24"]
OUR_BROWSER = re.compile(r"^Mozilla/5\.0 .*Example-Managed$", re.IGNORECASE)


def is_ours(address):
    return any(ip_address(address) in ip_network(network) for network in OUR_NETWORKS)


def rule(event):
    outcome = event.deep_get("responseElements", "ConsoleLogin", default="")
    if event.get("eventName") != "ConsoleLogin" or outcome.lower() != "success":
        return False
    if is_ours(event.get("sourceIPAddress")):
        return False
    return OUR_BROWSER.match(event.get("userAgent", "")) is None
