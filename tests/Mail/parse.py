# Reads a mail from standard input with Python's own parser, which shares nothing with our writer, and prints it as JSON.
import base64, email, email.header, email.policy, email.utils, json, sys

data = sys.stdin.buffer.read()
message = email.message_from_bytes(data, policy=email.policy.default)
# The newer parser leaves spaces between encoded words of a name; the older one reads them as RFC 2047, 6.2 says.
plain = email.message_from_bytes(data)


def part(one):
    content = None if one.is_multipart() else one.get_payload(decode=True)
    return {
        "type": one.get_content_type(),
        "charset": one.get_content_charset(),
        "encoding": str(one.get("Content-Transfer-Encoding", "")),
        "disposition": one.get_content_disposition(),
        "name": one.get_filename(),
        "contentId": None if one["Content-ID"] is None else str(one["Content-ID"]),
        "content": None if content is None else base64.b64encode(content).decode(),
        "defects": [str(defect) for defect in one.defects],
        "parts": [part(inner) for inner in one.iter_parts()] if one.is_multipart() else [],
    }


def addresses(name):
    values = [str(value).replace("\r", "").replace("\n", "") for value in plain.get_all(name, [])]
    return [
        {"name": str(email.header.make_header(email.header.decode_header(shown))), "address": address}
        for shown, address in email.utils.getaddresses(values)
    ]


print(json.dumps({
    "headers": [[name, str(value)] for name, value in message.items()],
    "defects": [str(d) for _, value in message.items() for d in getattr(value, "defects", [])],
    "from": addresses("From"), "to": addresses("To"), "cc": addresses("Cc"), "replyTo": addresses("Reply-To"),
    "body": part(message),
}))
