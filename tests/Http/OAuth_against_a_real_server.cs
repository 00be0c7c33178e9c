using System.Text.Json;
using Integration.Egress;
using Integration.Errors;
using Integration.Fixtures;

namespace Integration.Http.Tests;

public sealed class OAuth_against_a_real_server(OAuthServer server) : IClassFixture<OAuthServer>
{
    [Theory]
    [InlineData(ClientAuthentication.Basic)]
    [InlineData(ClientAuthentication.Body)]
    public async Task A_client_gets_a_token_for_a_scope_and_a_resource_and_is_known_by_it(ClientAuthentication way)
    {
        using var outgoing = With(server.ClientSecret);
        var answer = await outgoing.GetAsync(
            server.OrdersUri,
            Client(way) with
            {
                Scope = "orders.read",
                Resource = "https://crm.test/",
            }
        );
        var known = JsonDocument.Parse(answer.Body).RootElement;
        known.GetProperty("client").GetString().ShouldBe(Id(way));
        known.GetProperty("scope").GetString().ShouldBe("orders.read");
        known.GetProperty("audience").GetString().ShouldBe("https://crm.test/");
    }

    [Fact]
    public async Task A_token_that_was_withdrawn_is_replaced()
    {
        using var outgoing = With(server.ClientSecret);
        var withdraw = new Uri($"{server.OrdersUri}/withdraw");
        (await outgoing.GetAsync(withdraw, Client(ClientAuthentication.Body))).Status.ShouldBe(200);
        (await outgoing.GetAsync(server.OrdersUri, Client(ClientAuthentication.Body))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_wrong_secret_a_wrong_scope_and_a_wrong_address_are_told_apart()
    {
        using var wrong = With("another-secret");
        var secret = await RefusedAsync<AccessErrorException>(wrong, Client(ClientAuthentication.Basic));
        secret.Code.ShouldBe("token-refused");
        secret.Message.ShouldContain("(invalid_client)");

        using var outgoing = With(server.ClientSecret);
        var scope = await RefusedAsync<DataErrorException>(
            outgoing,
            Client(ClientAuthentication.Basic) with
            {
                Scope = "orders.write",
            }
        );
        scope.Code.ShouldBe("token-request-refused");
        scope.Message.ShouldContain("(invalid_scope)");

        var address = await RefusedAsync<DataErrorException>(
            outgoing,
            Client(ClientAuthentication.Basic) with
            {
                TokenUrl = $"{server.TokenUri}s",
            }
        );
        address.Code.ShouldBe("token-request-refused");
        address.Message.ShouldContain("404");
    }

    [Fact]
    public async Task A_refresh_token_that_is_replaced_each_time_survives_restarts()
    {
        using var folder = new TemporaryFolder("tokens");
        for (var i = 0; i < 3; i++)
        {
            using var restarted = new Outgoing(
                transport: new HttpTransportOptions { RefreshTokenFolder = folder.Path }
            );
            restarted.Secrets["CLIENT"] = new SecretOptions { Value = server.ClientSecret, Hosts = "127.0.0.1" };
            restarted.Secrets["REFRESH"] = new SecretOptions { Value = server.RefreshToken, Hosts = "127.0.0.1" };
            var answer = await restarted.GetAsync(
                server.OrdersUri,
                Client(ClientAuthentication.Basic) with
                {
                    Type = AuthenticationType.OAuth2RefreshToken,
                    RefreshToken = "{{secrets.REFRESH}}",
                }
            );
            JsonDocument.Parse(answer.Body).RootElement.GetProperty("account").GetString().ShouldBe("ada");
        }
    }

    private Task<T> RefusedAsync<T>(Outgoing outgoing, Authentication authentication)
        where T : TaskErrorException => Should.ThrowAsync<T>(() => outgoing.GetAsync(server.OrdersUri, authentication));

    private string Id(ClientAuthentication way) =>
        way == ClientAuthentication.Basic ? server.ClientByHeader : server.ClientByBody;

    private Authentication Client(ClientAuthentication way) =>
        new(
            AuthenticationType.OAuth2ClientCredentials,
            TokenUrl: server.TokenUri.ToString(),
            ClientId: Id(way),
            ClientSecret: "{{secrets.CLIENT}}",
            ClientAuthentication: way
        );

    private static Outgoing With(string secret)
    {
        var outgoing = new Outgoing();
        outgoing.Secrets["CLIENT"] = new SecretOptions { Value = secret, Hosts = "127.0.0.1" };
        return outgoing;
    }
}
