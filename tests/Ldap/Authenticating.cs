using System.Text.Json;
using Integration.Contracts;
using Integration.Ldap.Authenticate;

namespace Integration.Ldap.Tests;

public sealed class Authenticating(LdapFixture ldap) : IClassFixture<LdapFixture>
{
    private const string Right = "{{secrets.ADA_PASSWORD}}";
    private const string Wrong = "{{secrets.WRONG_PASSWORD}}";

    [Fact]
    public async Task The_right_password_of_a_user_found_by_filter_or_named_is_taken()
    {
        foreach (
            var inputs in new object[]
            {
                new
                {
                    filter = "(mail={{mail}})",
                    parameters = new { mail = "ada@example.org" },
                    password = Right,
                },
                new
                {
                    dn = $"uid={{{{user}}}},{LdapFixture.People}",
                    parameters = new { user = "ada" },
                    password = Right,
                },
            }
        )
        {
            var output = await OutputAsync(inputs);
            output.ShouldBe(new AuthenticateOperation.Output(true, LdapFixture.Ada));
        }
    }

    [Fact]
    public async Task A_wrong_password_is_an_output_or_the_business_error_that_the_task_wants()
    {
        var output = await OutputAsync(new { dn = LdapFixture.Ada, password = Wrong });
        output.ShouldBe(new AuthenticateOperation.Output(false, LdapFixture.Ada, FailureReason.WrongPassword));

        var answer = await ldap.CallAsync(
            "authenticate",
            new
            {
                dn = LdapFixture.Ada,
                password = Wrong,
                failedError = "NO",
            }
        );
        var rejected = answer.Rejected.ShouldNotBeNull().Error;
        rejected.Code.ShouldBe("NO");
        rejected.Data!.Value.GetProperty("reason").GetString().ShouldBe("wrongPassword");
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("*")]
    [InlineData("ada)(uid=*")]
    public async Task A_user_that_is_not_there_is_not_authenticated(string user)
    {
        var output = await OutputAsync(
            new
            {
                filter = "(uid={{user}})",
                parameters = new { user },
                password = Right,
            }
        );
        output.ShouldBe(new AuthenticateOperation.Output(false, null, FailureReason.UnknownUser));
    }

    [Fact]
    public async Task A_filter_that_finds_several_users_is_an_error_and_no_password_is_sent()
    {
        var answer = await ldap.CallAsync(
            "authenticate",
            new { filter = "(objectClass=inetOrgPerson)", password = Right }
        );
        var error = answer.Errored.ShouldNotBeNull().Error;
        (error.Category, error.Code).ShouldBe((ErrorCategory.Data, "several-entries"));
    }

    [Fact]
    public async Task A_locked_user_is_told_apart_from_a_wrong_password()
    {
        const string Dn = $"uid=lockable,{LdapFixture.People}";
        (await OutputAsync(new { dn = Dn, password = Right })).Authenticated.ShouldBeTrue();
        for (var i = 0; i < 3; i++)
            (await OutputAsync(new { dn = Dn, password = Wrong })).Authenticated.ShouldBeFalse();
        (await OutputAsync(new { dn = Dn, password = Right })).ShouldBe(
            new AuthenticateOperation.Output(false, Dn, FailureReason.Locked)
        );
    }

    [Fact]
    public async Task A_password_that_must_be_changed_is_told()
    {
        const string Dn = $"uid=reset,{LdapFixture.People}";
        (await OutputAsync(new { dn = Dn, password = Right })).ShouldBe(
            new AuthenticateOperation.Output(true, Dn, MustChangePassword: true)
        );
    }

    [Fact]
    public async Task A_user_without_a_password_is_not_let_in()
    {
        var output = await OutputAsync(new { dn = $"uid=charles,{LdapFixture.People}", password = Right });
        output.Authenticated.ShouldBeFalse();
    }

    [Fact]
    public async Task An_empty_password_is_refused_and_never_an_anonymous_login()
    {
        foreach (var server in new[] { "default", "passwords" })
        {
            var answer = await ldap.CallAsync(
                "authenticate",
                new
                {
                    dn = LdapFixture.Ada,
                    password = "",
                    server,
                }
            );
            var error = answer.Errored.ShouldNotBeNull().Error;
            (error.Category, error.Code).ShouldBe((ErrorCategory.Data, ErrorCodes.InvalidInput));
            error.Message.ShouldStartWith("inputs.password is empty");
        }
    }

    [Fact]
    public async Task A_password_in_the_task_itself_is_refused_unless_the_server_is_configured_for_it()
    {
        object Inputs(string server, string password) =>
            new
            {
                dn = LdapFixture.Ada,
                password,
                server,
            };
        var refused = await ldap.CallAsync("authenticate", Inputs("default", ldap.Directory.Password));
        refused.Errored.ShouldNotBeNull().Error.Message.ShouldContain("Ldap__Servers__default__PasswordsInTasks");
        (await OutputAsync(Inputs("passwords", ldap.Directory.Password))).Authenticated.ShouldBeTrue();
        (await OutputAsync(Inputs("passwords", "x"))).Reason.ShouldBe(FailureReason.WrongPassword);
    }

    [Fact]
    public async Task Who_types_the_name_of_a_secret_is_not_let_in_with_the_secret()
    {
        var output = await OutputAsync(
            new
            {
                dn = LdapFixture.Ada,
                password = Right,
                server = "passwords",
            }
        );
        output.Reason.ShouldBe(FailureReason.WrongPassword);
    }

    [Fact]
    public async Task A_secret_of_another_host_is_not_sent()
    {
        var answer = await ldap.CallAsync(
            "authenticate",
            new { dn = LdapFixture.Ada, password = "{{secrets.ELSEWHERE}}" }
        );
        answer.Errored.ShouldNotBeNull().Error.Code.ShouldBe("secret-not-for-host");
    }

    [Fact]
    public async Task Without_TLS_no_password_is_sent()
    {
        var answer = await ldap.CallAsync(
            "authenticate",
            new
            {
                dn = LdapFixture.Ada,
                password = Right,
                server = "plain",
            }
        );
        var error = answer.Errored.ShouldNotBeNull().Error;
        (error.Category, error.Code).ShouldBe((ErrorCategory.Access, "not-encrypted"));
    }

    [Fact]
    public async Task After_a_login_nothing_is_done_in_the_name_of_the_user()
    {
        // The user may not write; our own account may. Both share the service, never a connection.
        for (var i = 0; i < 5; i++)
        {
            (await OutputAsync(new { dn = LdapFixture.Ada, password = Right })).Authenticated.ShouldBeTrue();
            var changed = await ldap.CallAsync(
                "modify",
                new { dn = LdapFixture.Ada, replace = new { title = $"{i}" } }
            );
            changed.Completed.ShouldNotBeNull(changed.Error);
        }
    }

    [Fact]
    public async Task Many_logins_at_once_are_answered_each_for_itself()
    {
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 60)
                .Select(async i =>
                    (
                        Right: i % 2 == 0,
                        Output: await OutputAsync(
                            new
                            {
                                dn = i % 3 == 0 ? LdapFixture.Ada : $"uid=bob,{LdapFixture.People}",
                                password = i % 2 == 0 ? Right : Wrong,
                            }
                        )
                    )
                )
        );
        answers.ShouldAllBe(answer => answer.Output.Authenticated == answer.Right);
    }

    [Fact]
    public async Task No_event_has_the_password()
    {
        await using var service = await ldap.WithAsync();
        await ldap.Directory.StopAsync();
        try
        {
            var answer = await service.RunAsync("ldap.authenticate", new { dn = LdapFixture.Ada, password = Right });
            answer.Errored.ShouldNotBeNull().Error.Code.ShouldBe("connection-refused");
            JsonSerializer.Serialize(answer).ShouldNotContain(ldap.Directory.Password);
        }
        finally
        {
            await ldap.Directory.StartAsync();
        }
    }

    [Theory]
    [InlineData("525", FailureReason.UnknownUser)]
    [InlineData("52e", FailureReason.WrongPassword)]
    [InlineData("530", FailureReason.Disabled)]
    [InlineData("533", FailureReason.Disabled)]
    [InlineData("532", FailureReason.PasswordExpired)]
    [InlineData("773", FailureReason.MustChangePassword)]
    [InlineData("775", FailureReason.Locked)]
    public async Task Active_Directory_says_why_in_a_number_of_its_own(string code, object reason)
    {
        // No such server can be installed here; this is what it answers.
        await using var target = LdapDouble.Start(
            (_, id) =>
                LdapDouble.Result(
                    id,
                    LdapDouble.BindResponse,
                    49,
                    $"80090308: LdapErr: DSID-0C0903A9, comment: AcceptSecurityContext error, data {code}, v1db1"
                )
        );
        await using var service = await target.ServiceAsync();
        var answer = await service.RunAsync("ldap.authenticate", new { dn = LdapFixture.Ada, password = Right });
        answer.Outputs<AuthenticateOperation.Output>().Reason.ShouldBe((FailureReason)reason);
    }

    private async Task<AuthenticateOperation.Output> OutputAsync(object inputs) =>
        (await ldap.CallAsync("authenticate", inputs)).Outputs<AuthenticateOperation.Output>();
}
