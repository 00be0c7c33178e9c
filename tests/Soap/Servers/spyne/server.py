"""Documents, by spyne: document/literal wrapped, SOAP 1.1 and 1.2, a WSDL that it makes itself. Optionally every message must be
signed; the signature is checked by zeep and xmlsec. Arguments: port, and the certificate that signatures must be made with."""
import sys
from wsgiref.simple_server import WSGIRequestHandler, make_server

from lxml import etree
from spyne import Application, ByteArray, ComplexModel, Fault, Integer, ServiceBase, Unicode, rpc
from spyne import Array, Boolean, Date, Decimal as DecimalType
from spyne.protocol.soap import Soap11, Soap12
from spyne.server.wsgi import WsgiApplication

NAMESPACE = "urn:documents"


class Tag(ComplexModel):
    __namespace__ = NAMESPACE
    name = Unicode(min_occurs=1)
    weight = DecimalType


class Session(ComplexModel):
    __namespace__ = NAMESPACE
    token = Unicode


class Document(ComplexModel):
    __namespace__ = NAMESPACE
    id = Integer
    title = Unicode
    created = Date
    draft = Boolean
    tags = Array(Tag)


class LockedError(Fault):
    __namespace__ = NAMESPACE
    CODE = "Client.Locked"

    def __init__(self, by):
        super().__init__(self.CODE, "the document is locked", detail={"by": by})


class Documents(ServiceBase):
    __in_header__ = Session

    @rpc(Document, _returns=Document)
    def Keep(ctx, document):
        if document.title == "locked":
            raise LockedError("Ada")
        if document.title == "crash":
            raise ValueError("something broke")
        if document.title == "session":
            document.title = ctx.in_header.token if ctx.in_header else "none"
        document.id = 17
        return document

    @rpc(Unicode, Integer, _returns=Array(Unicode))
    def Repeat(ctx, text, times):
        return [text] * times

    @rpc(ByteArray, _returns=Integer)
    def Measure(ctx, content):
        return sum(len(part) for part in content or [])

    @rpc(Integer, _returns=ByteArray)
    def Fill(ctx, size):
        return [b"x" * size]


def signed_only(application, certificate):
    from zeep.wsse.signature import verify_envelope

    def checked(environ, start_response):
        if environ["REQUEST_METHOD"] == "POST":
            body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
            try:
                verify_envelope(etree.fromstring(body), certificate)
            except Exception as problem:
                start_response("500 Internal Server Error", [("Content-Type", "text/xml")])
                return [FAULT.format(type(problem).__name__).encode()]
            # spyne knows nothing of security headers, and refuses none.
            import io
            environ["wsgi.input"] = io.BytesIO(body)
        return application(environ, start_response)

    return checked


FAULT = """<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault>
<faultcode xmlns:wsse="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd">wsse:FailedCheck</faultcode>
<faultstring>{}</faultstring></s:Fault></s:Body></s:Envelope>"""


class Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        pass


def main():
    port, certificate = int(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else None
    eleven = WsgiApplication(Application([Documents], NAMESPACE, name="Documents",
                                         in_protocol=Soap11(validator="lxml", huge_tree=True), out_protocol=Soap11()))
    twelve = WsgiApplication(Application([Documents], NAMESPACE, name="Documents",
                                         in_protocol=Soap12(validator="lxml"), out_protocol=Soap12()))
    for one in (eleven, twelve):
        one.max_content_length = 1 << 30

    def application(environ, start_response):
        return (twelve if environ["PATH_INFO"].startswith("/12") else eleven)(environ, start_response)

    if certificate:
        application = signed_only(application, certificate)
    with make_server("127.0.0.1", port, application, handler_class=Quiet) as server:
        print("ready", flush=True)
        server.serve_forever()


main()
