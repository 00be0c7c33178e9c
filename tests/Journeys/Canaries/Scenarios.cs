namespace Integration.Journeys.Tests;

/// <summary>The scenario of each service that calls external systems.</summary>
public static class Scenarios
{
    private static readonly Dictionary<string, Func<Faults, TemporaryFolder, Task<Scenario>>> _all = new(
        StringComparer.Ordinal
    )
    {
        ["Rest"] = RestAsync,
        ["S3"] = S3Async,
        ["Mail"] = MailAsync,
        ["Sql"] = SqlAsync,
        ["Ldap"] = LdapAsync,
        ["Soap"] = SoapAsync,
    };

    public static IEnumerable<string> Names => _all.Keys;

    public static Task<Scenario> OfAsync(string service, Faults faults, TemporaryFolder folder) =>
        _all[service](faults, folder);

    private static async Task<Scenario> RestAsync(Faults faults, TemporaryFolder folder)
    {
        var scenario = new Scenario("Rest", "rest.request")
            .Plant("Secrets__VALUE__Value")
            .Set("Secrets__VALUE__Hosts", "127.0.0.1")
            .Set("Secrets__VALUE__Inputs", "headers,query.key,authentication")
            .PlantFile("Secrets__FILE__File", folder)
            .Set("Secrets__FILE__Hosts", "127.0.0.1")
            .Set("Secrets__FILE__Inputs", "headers,query.key,authentication")
            .Set("Rest__Retries", "0");
        foreach (var secret in new[] { "VALUE", "FILE" })
        {
            scenario
                .Fails($"{secret} refused", Request(await faults.EchoAsync(401, "{\"told\":\"{0}\"}")), "unauthorised")
                .Fails($"{secret} failed", Request(await faults.EchoAsync(500, "{0}")), "server-error")
                .Fails($"{secret} rejected", Request(await faults.EchoAsync(422, "{0}")), "unprocessable")
                .Fails($"{secret} malformed", Request(await faults.EchoAsync(200, "{ {0}")), "malformed-answer")
                .Fails($"{secret} nobody", Request(Http(faults.Nobody)), "connection-refused")
                .Fails($"{secret} reset", Request(Http(faults.Resetting)), "connection-lost")
                .Fails($"{secret} babble", Request(Http(faults.Babbling)), "malformed-answer")
                .Fails($"{secret} silent", Request(Http(faults.Silent)), "timeout")
                .Fails(
                    $"{secret} tls",
                    Request(new Uri($"https://127.0.0.1:{faults.Untrusted}/")),
                    "certificate-refused"
                )
                .Fails($"{secret} elsewhere", Request(new Uri("http://localhost:1/")), "secret-not-for-host");

            object Request(Uri url) =>
                new
                {
                    url,
                    headers = new { Authorization = $"Bearer {{{{secrets.{secret}}}}}" },
                    query = new { key = $"{{{{secrets.{secret}}}}}" },
                    timeouts = new { attempt = 10 },
                };
        }

        await AddProfilesAsync(scenario, faults, folder);
        return scenario;
    }

    /// <summary>Authentication that is configured, and calls over a proxy.</summary>
    private static async Task AddProfilesAsync(Scenario scenario, Faults faults, TemporaryFolder folder)
    {
        var token = new Canary("an access token");
        scenario.Canaries.Add(token);
        var granting = await faults.EchoAsync(
            200,
            $"{{\"access_token\":\"{token.Plain}\",\"token_type\":\"Bearer\",\"expires_in\":60}}"
        );
        Profile("basic", "UserName=shop", "Password={{secrets.VALUE}}");
        Profile("bearer", "Token={{secrets.VALUE}}");
        Profile("api-key", "Name=X-Key", "Value={{secrets.FILE}}");
        foreach (
            var (name, endpoint) in new[]
            {
                ("refused", await faults.EchoAsync(401, "{0}")),
                ("failed", await faults.EchoAsync(500, "{0}")),
                ("granted", granting),
            }
        )
            Client(name, endpoint);
        await FailsAsync("basic", "unauthorised");
        await FailsAsync("bearer", "unauthorised");
        await FailsAsync("apikey", "unauthorised");
        await FailsAsync("refused", "token-refused");
        await FailsAsync("failed", "token-unavailable");
        await FailsAsync("granted", "unauthorised");

        var proxy = await faults.EchoAsync(407, "{0}");
        scenario
            .Set("Http__Targets__proxied__Hosts", "proxied.test")
            .Set("Http__Targets__proxied__Proxy", proxy.ToString())
            .Set("Http__Targets__proxied__ProxyUserName", "shop")
            .PlantFile("Http__Targets__proxied__ProxyPasswordFile", folder)
            .Fails("proxied", new { url = "http://proxied.test/" }, "unauthorised");

        void Profile(string type, params string[] settings)
        {
            var prefix = $"Http__Authentications__{type.Replace("-", "", StringComparison.Ordinal)}__";
            scenario.Set($"{prefix}Type", type);
            foreach (var setting in settings.Select(setting => setting.Split('=', 2)))
                scenario.Set(prefix + setting[0], setting[1]);
        }

        void Client(string name, Uri endpoint)
        {
            var prefix = $"Http__Authentications__{name}__";
            scenario
                .Set($"{prefix}Type", "oauth2-client-credentials")
                .Set($"{prefix}TokenUrl", endpoint.ToString())
                .Set($"{prefix}ClientId", "integration")
                .Set($"{prefix}ClientSecret", "{{secrets.FILE}}")
                .Set($"{prefix}ClientAuthentication", "body");
        }

        async Task FailsAsync(string profile, string code) =>
            scenario.Fails(
                $"profile {profile}",
                new { url = await faults.EchoAsync(401, "{0}"), authentication = new { profile } },
                code
            );
    }

    private static async Task<Scenario> S3Async(Faults faults, TemporaryFolder folder)
    {
        const string Error = "<Error><Code>{1}</Code><Message>{0}</Message><RequestId>r-1</RequestId></Error>";
        var scenario = new Scenario("S3", "s3.list-objects").Set("S3__RequestTimeout", "00:00:10");
        await StoreAsync("forbidden", await EchoAsync(403, "AccessDenied"), "access-denied");
        await StoreAsync("unknown_key", await EchoAsync(403, "SignatureDoesNotMatch"), "credentials-refused");
        await StoreAsync("refused", await EchoAsync(400, "InvalidRequest"), "refused");
        await StoreAsync("failed", await EchoAsync(500, "InternalError"), "server-error");
        await StoreAsync("throttled", await EchoAsync(503, "SlowDown"), "throttled");
        await StoreAsync("malformed", await faults.EchoAsync(200, "<html>{0}"), "malformed-answer");
        await StoreAsync("nobody", Http(faults.Nobody), "connection-refused");
        await StoreAsync("reset", Http(faults.Resetting), "connection-lost");
        await StoreAsync("silent", Http(faults.Silent), "timeout");
        await StoreAsync("tls", new Uri($"https://127.0.0.1:{faults.Untrusted}/"), "certificate-refused");
        await StoreAsync("metadata", new Uri("http://169.254.169.254/"), "egress-refused");
        return scenario;

        Task<Uri> EchoAsync(int status, string code) =>
            faults.EchoAsync(status, Error.Replace("{1}", code, StringComparison.Ordinal));

        Task StoreAsync(string name, Uri endpoint, string code)
        {
            foreach (var file in new[] { false, true })
            {
                var store = file ? $"{name}_by_file" : name;
                var prefix = $"S3__Stores__{store}__";
                scenario.Set($"{prefix}Endpoint", endpoint.ToString()).Set($"{prefix}AccessKey", "integration");
                if (file)
                    scenario
                        .PlantFile($"{prefix}SecretKeyFile", folder)
                        .PlantFile($"{prefix}SessionTokenFile", folder, "{0}==");
                else
                    scenario.Plant($"{prefix}SecretKey").Plant($"{prefix}SessionToken", "{0}==");
                scenario.Fails(store, new { bucket = "documents", store }, code);
            }

            return Task.CompletedTask;
        }
    }

    private static async Task<Scenario> MailAsync(Faults faults, TemporaryFolder folder)
    {
        var scenario = new Scenario("Mail", "mail.send").Set("Mail__CommandTimeout", "00:00:10");
        var exim = scenario.Own(new MailServer());
        await exim.InitializeAsync();
        scenario.Set("Egress__TrustedAuthorities", exim.Authority);
        foreach (var secret in new[] { "Password", "PasswordFile", "Token", "TokenFile" })
        {
            var token = secret.StartsWith("Token", StringComparison.Ordinal);
            Account("wrong", "localhost", exim.Port, token ? "authentication-not-offered" : "authentication-failed");
            Account("misnamed", "127.0.0.1", exim.Port, "certificate-refused");
            Account("nobody", "127.0.0.1", faults.Nobody, "connection-refused");
            Account("silent", "127.0.0.1", faults.Silent, "timeout");
            Account("tls", "127.0.0.1", faults.Untrusted, "certificate-refused", "ImplicitTls");
            Account("metadata", "169.254.169.254", 587, "egress-refused");

            void Account(string name, string host, int port, string code, string security = "StartTls")
            {
                var account = $"{name}_{secret}";
                var prefix = $"Mail__Accounts__{account}__";
                scenario
                    .Set($"{prefix}Host", host)
                    .Set($"{prefix}Port", $"{port}")
                    .Set($"{prefix}Security", security)
                    .Set($"{prefix}User", "shop")
                    .Set($"{prefix}From", "shop@example.org");
                if (secret.EndsWith("File", StringComparison.Ordinal))
                    scenario.PlantFile(prefix + secret, folder);
                else
                    scenario.Plant(prefix + secret);
                scenario.Fails(
                    account,
                    new
                    {
                        account,
                        to = new[] { "ada@example.org" },
                        subject = "x",
                        text = "x",
                    },
                    code
                );
            }
        }

        return scenario;
    }

    private static async Task<Scenario> SqlAsync(Faults faults, TemporaryFolder folder)
    {
        var scenario = new Scenario("Sql", "sql.query").Set("Sql__ConnectTimeout", "00:00:10");
        var server = scenario.Own(new PostgreSqlServer());
        await server.InitializeAsync();
        var right = new Uri("tcp://" + Host(await server.CreateDatabaseAsync()));
        foreach (var place in new[] { "Password", "PasswordFile", "ConnectionString", "ConnectionStringFile" })
        {
            Connection("wrong", right.Port, "unauthorised");
            Connection("nobody", faults.Nobody, "connection-refused");
            Connection("silent", faults.Silent, "connect-timeout");
            Connection("reset", faults.Resetting, "unreachable");
            Connection("babble", faults.Babbling, "unreachable");
            Connection("untrusted", right.Port, "tls-failed", ";SSL Mode=VerifyFull");
            Connection("metadata", 5432, "egress-refused", ";SSL Mode=Disable", "169.254.169.254");

            void Connection(string name, int port, string code, string more = "", string host = "127.0.0.1")
            {
                var connection = $"{name}_{place}";
                var prefix = $"Sql__Connections__{connection}__";
                var text = $"Host={host};Port={port};Database=postgres;Username=postgres{more}";
                scenario.Set($"{prefix}FreeSql", "true").Set($"{prefix}ConnectionString", text);
                switch (place)
                {
                    case "Password":
                        scenario.Plant(prefix + place);
                        break;
                    case "PasswordFile":
                        scenario.PlantFile(prefix + place, folder);
                        break;
                    case "ConnectionString":
                        scenario.Plant(prefix + place, text + ";Password={0}");
                        break;
                    default:
                        scenario.Settings.Remove($"{prefix}ConnectionString");
                        scenario.PlantFile(prefix + place, folder, text + ";Password={0}");
                        break;
                }

                scenario.Fails(connection, new { connection, sql = "select 1" }, code);
            }
        }

        return scenario;
    }

    private static async Task<Scenario> LdapAsync(Faults faults, TemporaryFolder folder)
    {
        var scenario = new Scenario("Ldap", "ldap.get")
            .Set("Ldap__AnswerTimeout", "00:00:10")
            .Set("Ldap__ConnectTimeout", "00:00:10");
        var directory = scenario.Own(new DirectoryServer());
        await directory.InitializeAsync();
        scenario.Set("Egress__TrustedAuthorities", directory.Authority);
        foreach (var secret in new[] { "BindPassword", "BindPasswordFile" })
        {
            Server("wrong", $"ldaps://localhost:{directory.TlsPort}", "invalid-credentials");
            Server("starttls", $"ldap://localhost:{directory.Port}", "invalid-credentials");
            Server("misnamed", $"ldaps://127.0.0.1:{directory.TlsPort}", "certificate-refused");
            Server("nobody", $"ldaps://127.0.0.1:{faults.Nobody}", "connection-refused");
            Server("silent", $"ldap://127.0.0.1:{faults.Silent}", "timeout");
            Server("reset", $"ldap://127.0.0.1:{faults.Resetting}", "connection-lost");
            Server("babble", $"ldap://127.0.0.1:{faults.Babbling}", "malformed-answer");
            Server("tls", $"ldaps://127.0.0.1:{faults.Untrusted}", "certificate-refused");
            Server("metadata", "ldap://169.254.169.254", "egress-refused");

            void Server(string name, string address, string code)
            {
                var server = $"{name}_{secret}";
                var prefix = $"Ldap__Servers__{server}__";
                scenario.Set($"{prefix}Uri", address).Set($"{prefix}BindDn", "cn=service,dc=example,dc=org");
                if (secret == "BindPassword")
                    scenario.Plant(prefix + secret);
                else
                    scenario.PlantFile(prefix + secret, folder);
                scenario.Fails(server, new { dn = "uid=ada,ou=people,dc=example,dc=org", server }, code);
            }
        }

        return scenario;
    }

    private static async Task<Scenario> SoapAsync(Faults faults, TemporaryFolder folder)
    {
        const string Fault = """
            <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault>
            <faultcode>s:Server</faultcode><faultstring>{0}</faultstring></s:Fault></s:Body></s:Envelope>
            """;
        var scenario = new Scenario("Soap", "soap.call")
            .Set("Soap__Retries", "0")
            .Set("Soap__AttemptTimeout", "00:00:10");
        var failing = await faults.EchoAsync(500, Fault);
        var refusing = await faults.EchoAsync(401, "{0}");
        var malformed = await faults.EchoAsync(200, "<a>{0}");
        foreach (var secret in new[] { "Password", "PasswordFile" })
        {
            Service("fault", failing, "receiver-fault");
            Service("refused", refusing, "unauthorised");
            Service("malformed", malformed, "malformed-answer");
            Service("nobody", Http(faults.Nobody), "connection-refused");
            Service("silent", Http(faults.Silent), "timeout");
            Service("reset", Http(faults.Resetting), "connection-lost");
            Service("babble", Http(faults.Babbling), "malformed-answer");
            Service("tls", new Uri($"https://127.0.0.1:{faults.Untrusted}/"), "certificate-refused");
            Service("metadata", new Uri("http://169.254.169.254/"), "egress-refused");

            void Service(string name, Uri address, string code)
            {
                var service = $"{name}_{secret}";
                var prefix = $"Soap__Services__{service}__";
                scenario
                    .Set($"{prefix}Wsdl", RepositoryFolder.File("tests/Soap/Servers/php/stock.wsdl"))
                    .Set($"{prefix}Address", address.ToString())
                    .Set($"{prefix}Reads", "*")
                    .Set($"{prefix}UserName", "shop")
                    // As a text it is sent over TLS only.
                    .Set($"{prefix}PasswordType", address.Scheme == "https" ? "Text" : "Digest");
                if (secret == "Password")
                    scenario.Plant(prefix + secret);
                else
                    scenario.PlantFile(prefix + secret, folder);
                scenario.Fails(
                    service,
                    new
                    {
                        service,
                        operation = "Reserve",
                        input = new
                        {
                            sku = "A-1",
                            quantity = 3,
                            place = new { hall = "N", shelf = 7 },
                        },
                    },
                    code
                );
            }
        }

        return scenario;
    }

    private static Uri Http(int port) => new($"http://127.0.0.1:{port}/");

    private static string Host(string connectionString)
    {
        var settings = new System.Data.Common.DbConnectionStringBuilder { ConnectionString = connectionString };
        return $"{settings["Host"]}:{settings["Port"]}";
    }
}
