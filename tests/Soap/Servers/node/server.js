// Shipping, by npm's soap: document/literal wrapped with unqualified elements. Every call needs a WS-Security user name token, with
// the password as text or as digest, and no nonce is taken twice. Arguments: port, WSDL.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import soap from "soap";
import { passwordDigest } from "soap/lib/utils.js";

const [port, wsdl] = process.argv.slice(2);
const password = "correct-horse-battery";
const nonces = new Set();

const service = {
  Shipping: {
    Shipping: {
      Ship(input, _, headers) {
        if (Number(input.order) === 404) {
          throw {
            Fault: { faultcode: "soap:Client", faultstring: "no address", detail: { "tns:AddressFault": { field: "street" } } },
          };
        }
        const id = headers?.MessageID;
        return { parcel: `P-${input.order}${input.express === true ? "-X" : ""}`, sender: id?.$value ?? id ?? "nobody" };
      },
    },
  },
};

const proves = (token) => {
  const given = token?.Password?.$value ?? token?.Password;
  if (token?.Username !== "ada") return false;
  if (!token.Password.attributes.Type.endsWith("#PasswordDigest")) return given === password;
  const nonce = token.Nonce?.$value ?? token.Nonce;
  if (nonces.has(nonce)) return false;
  nonces.add(nonce);
  const created = token.Created?.$value ?? token.Created;
  return given === passwordDigest(nonce, String(created?.toISOString?.() ?? created), password);
};

const server = createServer((_, response) => response.writeHead(404).end());
server.listen(Number(port), "127.0.0.1", () => {
  soap
    .listen(server, "/shipping", service, readFileSync(wsdl, "utf8"))
    .authenticate = (security) => proves(security?.UsernameToken);
  console.log("ready");
});
