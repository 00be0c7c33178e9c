using Integration.Contracts;
using Integration.Fixtures;
using Integration.Ldap.Get;

namespace Integration.Ldap.Tests;

/// <summary>What a server refuses, and servers that we refuse.</summary>
public sealed class Refusals(LdapFixture ldap) : IClassFixture<LdapFixture>
{
    [Theory]
    [InlineData(
        "add",
        """{"dn":"uid=x,ou=nowhere,dc=example,dc=org","attributes":{"objectClass":"account","uid":"x"}}""",
        "no-such-object",
        32
    )]
    [InlineData(
        "add",
        """{"dn":"uid=x,ou=people,dc=example,dc=org","attributes":{"objectClass":"inetOrgPerson","cn":"x"}}""",
        "object-class-violation",
        65
    )]
    [InlineData(
        "add",
        """{"dn":"o=x,dc=elsewhere,dc=net","attributes":{"objectClass":"organization","o":"x"},"server":"starttls"}""",
        "refused",
        53
    )]
    [InlineData(
        "add",
        """{"dn":"uid=x,ou=people,dc=example,dc=org","attributes":{"objectClass":"inetOrgPerson","cn":"x","sn":"x","shoeSize":"44"}}""",
        "undefined-attribute",
        17
    )]
    [InlineData("modify", """{"dn":"ADA","replace":{"employeeNumber":"seventeen"}}""", "constraint-violation", 19)]
    [InlineData("modify", """{"dn":"ADA","add":{"mail":"ada@example.org"}}""", "value-exists", 20)]
    [InlineData("modify", """{"dn":"ADA","replace":{"manager":"nobody in particular"}}""", "invalid-value", 21)]
    [InlineData("modify", """{"dn":"ADA","remove":{"title2":[]}}""", "undefined-attribute", 17)]
    [InlineData("modify", """{"dn":"ADA","remove":{"manager":[]}}""", "no-such-attribute", 16)]
    [InlineData("modify", """{"dn":"ADA","replace":{"uid":"eve"}}""", "naming-violation", 64)]
    [InlineData("modify", """{"dn":"ADA","replace":{"entryUUID":"x"}}""", "invalid-value", 21)]
    [InlineData("delete", """{"dn":"ou=people,dc=example,dc=org"}""", "not-a-leaf", 66)]
    [InlineData("rename", """{"dn":"ADA","newName":"uid=bob"}""", "already-exists", 68)]
    [InlineData("search", """{"base":"ou=nowhere,dc=example,dc=org"}""", "no-such-object", 32)]
    [InlineData("modify", """{"dn":"ou=elsewhere,dc=example,dc=org","replace":{"ou":"x"}}""", "referral", 10)]
    public async Task A_result_code_of_the_server_is_an_error_of_the_contract(
        string verb,
        string inputs,
        string code,
        int resultCode
    )
    {
        var json = inputs.Replace("\"ADA\"", $"\"{LdapFixture.Ada}\"", StringComparison.Ordinal);
        var error = (await ldap.CallAsync(verb, json)).Errored.ShouldNotBeNull().Error;
        (error.Category, error.Code, error.Retryable).ShouldBe((ErrorCategory.Data, code, false));
        error.Details!.Value.GetProperty("resultCode").GetInt32().ShouldBe(resultCode);
        error.Message.ShouldContain($"({resultCode})");
        error.Target.ShouldBe(
            $"localhost:{(json.Contains("starttls", StringComparison.Ordinal) ? ldap.Directory.Port : ldap.Directory.TlsPort)}"
        );
    }

    [Fact]
    public async Task Who_may_not_write_is_told_so_and_so_is_who_has_the_wrong_password()
    {
        object Inputs(string server) =>
            new
            {
                dn = LdapFixture.Ada,
                replace = new { title = "x" },
                server,
            };
        var error = (await ldap.CallAsync("modify", Inputs("reader"))).Errored.ShouldNotBeNull().Error;
        (error.Category, error.Code, error.Status).ShouldBe((ErrorCategory.Access, "insufficient-access", 403));

        error = (await ldap.CallAsync("modify", Inputs("wrong-password"))).Errored.ShouldNotBeNull().Error;
        (error.Category, error.Code, error.Status).ShouldBe((ErrorCategory.Access, "invalid-credentials", 401));
        error.Message.ShouldContain("Ldap__Servers__wrong-password__BindDn");
    }

    [Fact]
    public async Task A_server_for_reading_is_never_written_to()
    {
        foreach (
            var (verb, inputs) in new (string, object)[]
            {
                (
                    "add",
                    new
                    {
                        dn = $"uid=x,{LdapFixture.People}",
                        attributes = new { cn = "x" },
                        server = "read-only",
                    }
                ),
                (
                    "modify",
                    new
                    {
                        dn = LdapFixture.Ada,
                        replace = new { title = "x" },
                        server = "read-only",
                    }
                ),
                ("delete", new { dn = LdapFixture.Ada, server = "read-only" }),
                (
                    "rename",
                    new
                    {
                        dn = LdapFixture.Ada,
                        newName = "uid=x",
                        server = "read-only",
                    }
                ),
            }
        )
        {
            var error = (await ldap.CallAsync(verb, inputs)).Errored.ShouldNotBeNull().Error;
            (error.Category, error.Code).ShouldBe((ErrorCategory.Access, "read-only"));
        }

        (await ldap.CallAsync("get", new { dn = LdapFixture.Ada, server = "read-only" })).Completed.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("get", """{"dn":"cn=devs,ou=groups,dc=example,dc=org","server":"people"}""", "dn")]
    [InlineData("get", """{"dn":"dc=example,dc=org","server":"people"}""", "dn")]
    [InlineData("search", """{"base":"dc=example,dc=org","server":"people"}""", "base")]
    [InlineData("search", """{"base":"","server":"people"}""", "base")]
    [InlineData("search", """{"base":"ou=people,ou=x,dc=example,dc=org","server":"people"}""", "base")]
    [InlineData("search", """{"base":"ou=people\\,dc=example,dc=org","server":"people"}""", "base")]
    [InlineData("add", """{"dn":"cn=x,ou=groups,dc=example,dc=org","attributes":{"cn":"x"},"server":"people"}""", "dn")]
    [InlineData(
        "modify",
        """{"dn":"cn=devs,ou=groups,dc=example,dc=org","replace":{"cn":"x"},"server":"people"}""",
        "dn"
    )]
    [InlineData("delete", """{"dn":"cn=devs,ou=groups,dc=example,dc=org","server":"people"}""", "dn")]
    [InlineData("rename", """{"dn":"ADA","newParent":"ou=former,dc=example,dc=org","server":"people"}""", "newParent")]
    [InlineData(
        "authenticate",
        """{"dn":"cn=integration,dc=example,dc=org","password":"{{secrets.ADA_PASSWORD}}","server":"people"}""",
        "dn"
    )]
    public async Task No_task_leaves_the_base_that_is_configured(string verb, string inputs, string field)
    {
        var error = (
            await ldap.CallAsync(verb, inputs.Replace("\"ADA\"", $"\"{LdapFixture.Ada}\"", StringComparison.Ordinal))
        )
            .Errored.ShouldNotBeNull()
            .Error;
        (error.Category, error.Code).ShouldBe((ErrorCategory.Access, "outside-base"));
        error.Message.ShouldStartWith($"inputs.{field} is ");
        error.Message.ShouldContain("Ldap__Servers__people__BaseDn");
    }

    [Theory]
    [InlineData("UID=ADA,OU=People,DC=example,DC=org")]
    [InlineData("uid=ada, ou=people, dc=example, dc=org")]
    [InlineData("uid=\\61da,ou=peopl\\65,dc=example,dc=org")]
    public async Task The_same_name_written_in_another_way_is_within_the_base(string dn)
    {
        var answer = await ldap.CallAsync("get", new { dn, server = "people" });
        answer.Outputs<GetOperation.Output>().Dn.ShouldBe(LdapFixture.Ada);
    }

    [Theory]
    [InlineData("misnamed", ErrorCategory.Access, "certificate-refused", "another host")]
    [InlineData("not-tls", ErrorCategory.Connectivity, "tls-failed", "No TLS connection to localhost:")]
    [InlineData("starttls-in-tls", ErrorCategory.Connectivity, "connection-lost", "ended the connection")]
    public async Task A_connection_that_cannot_be_trusted_is_not_used(
        string server,
        ErrorCategory category,
        string code,
        string message
    )
    {
        var error = (await ldap.CallAsync("get", new { dn = LdapFixture.Ada, server })).Errored.ShouldNotBeNull().Error;
        (error.Category, error.Code).ShouldBe((category, code));
        error.Message.ShouldContain(message);
    }

    [Theory]
    [InlineData("default")]
    [InlineData("starttls")]
    public async Task A_certificate_of_an_unknown_authority_is_refused(string server)
    {
        using var other = new TestAuthority();
        await using var service = await ldap.WithAsync($"--Egress:TrustedAuthorities={other.PemFile}");
        var error = (await service.RunAsync("ldap.get", new { dn = LdapFixture.Ada, server }))
            .Errored.ShouldNotBeNull()
            .Error;
        (error.Category, error.Code).ShouldBe((ErrorCategory.Access, "certificate-refused"));
        error.Message.ShouldContain("Egress__TrustedAuthorities");
    }

    [Fact]
    public async Task An_address_that_the_egress_guard_refuses_is_not_connected_to()
    {
        await using var service = await ldap.WithAsync("--Egress:AllowLoopback=false");
        var error = (await service.RunAsync("ldap.get", new { dn = LdapFixture.Ada })).Errored.ShouldNotBeNull().Error;
        (error.Category, error.Code).ShouldBe((ErrorCategory.Access, "egress-refused"));
    }

    [Fact]
    public async Task A_server_without_StartTLS_hears_nothing_of_the_task()
    {
        await using var directory = LdapDouble.Start(
            (tag, id) =>
                tag == LdapDouble.ExtendedRequest
                    ? LdapDouble.Result(id, LdapDouble.ExtendedResponse, 2, "unsupported")
                    : null,
            tls: false
        );
        await using var service = await directory.ServiceAsync(
            "--Ldap:Servers:default:BindDn=cn=me,dc=example,dc=org",
            "--Ldap:Servers:default:BindPassword=canary-password"
        );
        var error = (await service.RunAsync("ldap.get", new { dn = LdapFixture.Ada })).Errored.ShouldNotBeNull().Error;
        (error.Category, error.Code).ShouldBe((ErrorCategory.Access, "starttls-not-offered"));
        directory.Requests.ShouldBe([LdapDouble.ExtendedRequest]);
    }

    [Fact]
    public async Task What_comes_in_the_clear_behind_the_answer_to_StartTLS_is_not_taken()
    {
        await using var directory = LdapDouble.Start(
            (tag, id) =>
                [
                    .. LdapDouble.Result(id, LdapDouble.ExtendedResponse, 0),
                    .. LdapDouble.Result(id + 1, LdapDouble.BindResponse, 0),
                ],
            tls: false
        );
        await using var service = await directory.ServiceAsync();
        var error = (await service.RunAsync("ldap.get", new { dn = LdapFixture.Ada })).Errored.ShouldNotBeNull().Error;
        (error.Category, error.Code).ShouldBe((ErrorCategory.Connectivity, "tls-failed"));
        error.Message.ShouldContain("more than its answer");
    }

    [Theory]
    [InlineData(
        1,
        "000004DC: LdapErr: a successful bind must be completed",
        ErrorCategory.Access,
        "insufficient-access",
        false
    )]
    [InlineData(2, "", ErrorCategory.Data, "refused", false)]
    [InlineData(3, "", ErrorCategory.Volumetric, "time-limit-exceeded", false)]
    [InlineData(8, "", ErrorCategory.Access, "authentication-refused", false)]
    [InlineData(11, "", ErrorCategory.Volumetric, "size-limit-exceeded", false)]
    [InlineData(12, "", ErrorCategory.Data, "not-supported", false)]
    [InlineData(18, "", ErrorCategory.Data, "invalid-value", false)]
    [InlineData(33, "", ErrorCategory.Data, "alias-problem", false)]
    [InlineData(34, "", ErrorCategory.Data, "invalid-name", false)]
    [InlineData(51, "", ErrorCategory.Volumetric, "throttled", true)]
    [InlineData(52, "", ErrorCategory.Connectivity, "unavailable", true)]
    [InlineData(80, "", ErrorCategory.Connectivity, "unavailable", true)]
    [InlineData(4711, "odd\r\nwords\u0000", ErrorCategory.Data, "refused", false)]
    public async Task What_a_real_server_does_not_answer_on_request_is_told_apart_as_well(
        int resultCode,
        string words,
        ErrorCategory category,
        string code,
        bool retryable
    )
    {
        await using var directory = LdapDouble.Start(
            (_, id) => LdapDouble.Result(id, LdapDouble.SearchDone, resultCode, words)
        );
        await using var service = await directory.ServiceAsync();
        var error = (await service.RunAsync("ldap.get", new { dn = LdapFixture.Ada })).Errored.ShouldNotBeNull().Error;
        (error.Category, error.Code, error.Retryable).ShouldBe((category, code, retryable));
        error.Message.ShouldContain($"({resultCode})");
        error.Message.ShouldNotContain("\r");
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(11, true)]
    [InlineData(51, false)]
    [InlineData(52, true)]
    [InlineData(53, false)]
    [InlineData(80, true)]
    public async Task What_a_proxy_answers_that_lost_its_server_leaves_a_change_in_doubt(int resultCode, bool doubt)
    {
        await using var directory = LdapDouble.Start((tag, id) => LdapDouble.Result(id, tag + 1, resultCode));
        await using var service = await directory.ServiceAsync();
        var add = new { dn = LdapFixture.Ada, attributes = new { cn = "x" } };
        var error = (await service.RunAsync("ldap.add", add)).Errored.ShouldNotBeNull().Error;
        (error.Category == ErrorCategory.InDoubt).ShouldBe(doubt, error.Message);
        error.Message.ShouldContain($"({resultCode})");
        // It can be repeated, so nobody need look.
        var replace = new { dn = LdapFixture.Ada, replace = new { cn = "x" } };
        error = (await service.RunAsync("ldap.modify", replace)).Errored.ShouldNotBeNull().Error;
        error.Category.ShouldNotBe(ErrorCategory.InDoubt);
    }

    [Fact]
    public async Task A_file_with_a_password_or_a_key_is_not_sent_in_the_clear()
    {
        var file = await ldap.SaveAsync("canary-key"u8.ToArray());
        foreach (var attribute in new[] { "userPKCS12", "userPassword" })
        {
            var attributes = new Dictionary<string, object> { [attribute] = file };
            var add = new
            {
                dn = $"uid=keys,{LdapFixture.People}",
                attributes,
                server = "plain",
            };
            var error = (await ldap.CallAsync("add", add)).Errored.ShouldNotBeNull().Error;
            (error.Category, error.Code).ShouldBe((ErrorCategory.Access, "not-encrypted"));
        }
    }
}
