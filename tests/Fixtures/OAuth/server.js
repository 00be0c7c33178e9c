// An OAuth 2 server that somebody else has written (oidc-provider), a target that takes its tokens, and refresh tokens of somebody
// who has agreed. Prints one line of JSON when it listens; ends with its standard input.
import { createServer } from "node:http";
import Provider from "oidc-provider";

const secret = process.argv[2];
const client = (id, method) => ({
  client_id: id,
  client_secret: secret,
  token_endpoint_auth_method: method,
  grant_types: ["client_credentials", "refresh_token", "authorization_code"],
  redirect_uris: ["https://client.test/done"],
  scope: "openid offline_access orders.read",
});

const listening = createServer();
await new Promise((resolve) => listening.listen(0, "127.0.0.1", resolve));
const address = `http://127.0.0.1:${listening.address().port}`;

const provider = new Provider(address, {
  clients: [client("by basic", "client_secret_basic"), client("by-body", "client_secret_post")],
  scopes: ["openid", "offline_access", "orders.read", "orders.write"],
  features: {
    clientCredentials: { enabled: true },
    devInteractions: { enabled: false },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => undefined,
      useGrantedResource: () => true,
      getResourceServerInfo: (_, resource) => ({ scope: "orders.read", audience: resource, accessTokenFormat: "opaque" }),
    },
  },
  // A refresh token is good once: used again, everything that came from it is withdrawn.
  rotateRefreshToken: true,
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
});

async function agree(clientId) {
  const grant = new provider.Grant({ accountId: "ada", clientId });
  grant.addOIDCScope("openid offline_access");
  const grantId = await grant.save();
  const token = new provider.RefreshToken({
    accountId: "ada",
    client: await provider.Client.find(clientId),
    grantId,
    gty: "authorization_code",
    scope: "openid offline_access",
  });
  return token.save();
}

const withdrawn = new Set();
const answer = provider.callback();
listening.on("request", async (request, response) => {
  if (!request.url.startsWith("/orders")) return answer(request, response);
  const token = (request.headers.authorization ?? "").replace(/^Bearer /, "");
  const found = (await provider.ClientCredentials.find(token)) ?? (await provider.AccessToken.find(token));
  const known = found && !withdrawn.has(token);
  if (known && request.url === "/orders/withdraw") withdrawn.add(token);
  response.writeHead(known ? 200 : 401, { "content-type": "application/json" });
  response.end(JSON.stringify(known ? { client: found.clientId, account: found.accountId, scope: found.scope, audience: found.aud } : {}));
});

console.log(JSON.stringify({ address, refreshTokens: [await agree("by basic"), await agree("by-body")] }));
process.stdin.resume().on("end", () => process.exit(0));
