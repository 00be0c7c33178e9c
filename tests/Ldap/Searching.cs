using System.Text;
using System.Text.Json;
using Integration.Contracts;
using Integration.Fixtures;
using Integration.Ldap.Search;

namespace Integration.Ldap.Tests;

public sealed class Searching(LdapFixture ldap) : IClassFixture<LdapFixture>
{
    [Theory]
    [InlineData("default")]
    [InlineData("starttls")]
    public async Task Finds_entries_over_TLS_and_over_StartTLS(string server)
    {
        var found = await FoundAsync(
            new
            {
                @base = LdapFixture.People,
                filter = "(uid={{user}})",
                parameters = new { user = "ada" },
                server,
            }
        );
        var entry = found.Entries.ShouldNotBeNull().ShouldHaveSingleItem();
        entry.Dn.ShouldBe(LdapFixture.Ada);
        entry.Attributes["cn"].ShouldBe(["Ada Lovelace"]);
        entry
            .Binary.ShouldNotBeNull()["jpegPhoto"]
            .ShouldBe([Convert.ToBase64String([0xFF, 0xD8, 0xFF, 0xE0, 0, 0x10])]);
        (found.Count, found.Complete).ShouldBe((1, true));
    }

    [Theory]
    [InlineData("*")]
    [InlineData("ada)(uid=*")]
    [InlineData("*)(uid=*))(|(uid=*")]
    [InlineData("ada)(|(objectClass=*")]
    [InlineData("\\2a")]
    [InlineData("a*")]
    [InlineData("(uid=ada)")]
    [InlineData("ada\u0000")]
    [InlineData("{{user}}")]
    public async Task What_a_parameter_holds_never_becomes_a_part_of_the_filter(string hostile)
    {
        foreach (
            var filter in new[] { "(uid={{user}})", "(&(objectClass=inetOrgPerson)(|(uid={{user}})(mail={{user}})))" }
        )
        {
            var found = await FoundAsync(new { filter, parameters = new { user = hostile } });
            found.Entries.ShouldNotBeNull().ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData("Bob (the) Builder*", "(cn={{name}})", 1)]
    [InlineData("Bob (the) Builder*", "(cn={{ name }})", 1)]
    [InlineData("Bob (", "(cn={{name}}*)", 1)]
    [InlineData("Builder*", "(cn=*{{name}})", 1)]
    [InlineData("(the)", "(cn=*{{name}}*)", 1)]
    [InlineData("*", "(cn=*{{name}}*)", 1)]
    [InlineData("b*", "(cn={{name}}*)", 0)]
    public async Task Special_characters_of_a_value_are_found_as_they_are(string name, string filter, int expected)
    {
        var found = await FoundAsync(
            new
            {
                @base = LdapFixture.People,
                filter,
                parameters = new { name },
            }
        );
        found.Count.ShouldBe(expected);
    }

    [Theory]
    [InlineData("(&(objectClass=inetOrgPerson)(!(mail=*))(uid=charles))", "charles")]
    [InlineData("(|(uid=ada)(uid=nobody))", "ada")]
    [InlineData("(sn>=Lov)", null)]
    [InlineData("(uid:caseExactMatch:=ada)", "ada")]
    [InlineData("(uid:caseExactMatch:=ADA)", null)]
    [InlineData("(uid=\\61\\64a)", "ada")]
    [InlineData("( & (uid=ada) (objectClass=inetOrgPerson) )", "ada")]
    [InlineData("(cn=A*a*ace)", "ada")]
    [InlineData("(cn~=Ada Lovelace)", "ada")]
    [InlineData("(&(pager<=17)(pager=17))", null)]
    public async Task Every_kind_of_filter_means_what_RFC_4515_says(string filter, string? uid)
    {
        var found = await FoundAsync(new { @base = LdapFixture.People, filter });
        found
            .Entries.ShouldNotBeNull()
            .Select(entry => entry.Dn)
            .ShouldBe(uid is null ? [] : [$"uid={uid},{LdapFixture.People}"]);
    }

    [Fact]
    public async Task Thousands_of_entries_come_page_by_page_and_none_is_missing()
    {
        await using var service = await ldap.WithAsync("--Ldap:MaxEntries=5000");
        var answer = await service.RunAsync(
            "ldap.search",
            new
            {
                @base = "ou=many,dc=example,dc=org",
                filter = "(objectClass=inetOrgPerson)",
                attributes = new[] { "1.1" },
                pageSize = 700,
            }
        );
        var found = answer.Outputs<SearchOperation.Output>();
        (found.Count, found.Complete).ShouldBe((DirectoryServer.Many, true));
        found
            .Entries!.Select(entry => entry.Dn)
            .Distinct(StringComparer.Ordinal)
            .Count()
            .ShouldBe(DirectoryServer.Many);
    }

    [Fact]
    public async Task A_limit_of_the_task_gives_the_first_entries_and_says_that_there_are_more()
    {
        foreach (
            var (limit, pageSize, complete) in new[] { (10, 500, false), (3_000, 1_000, true), (1_000, 500, false) }
        )
        {
            await using var service = await ldap.WithAsync("--Ldap:MaxEntries=3000");
            var answer = await service.RunAsync(
                "ldap.search",
                new
                {
                    @base = "ou=many,dc=example,dc=org",
                    filter = "(&(uid=m*)(objectClass=inetOrgPerson))",
                    attributes = new[] { "1.1" },
                    limit,
                    pageSize,
                }
            );
            var found = answer.Outputs<SearchOperation.Output>();
            (found.Count, found.Complete, found.Entries!.Count).ShouldBe((limit, complete, limit));
        }
    }

    [Fact]
    public async Task Without_a_limit_more_entries_than_the_service_hands_out_are_an_error()
    {
        var error = await ErrorAsync(new { @base = "ou=many,dc=example,dc=org", attributes = new[] { "1.1" } });
        (error.Category, error.Code, error.Retryable).ShouldBe((ErrorCategory.Volumetric, "too-many-entries", false));
        error.Message.ShouldContain("Ldap__MaxEntries");
    }

    [Fact]
    public async Task What_does_not_fit_into_an_event_is_an_error_that_names_the_way_out()
    {
        await using var service = await ldap.WithAsync("--Ldap:MaxAnswerBytes=2000");
        var answer = await service.RunAsync("ldap.search", new { filter = "(uid=m00*)" });
        var error = answer.Errored.ShouldNotBeNull().Error;
        (error.Category, error.Code).ShouldBe((ErrorCategory.Volumetric, "answer-too-large"));
        error.Message.ShouldContain("fileStore");
    }

    [Fact]
    public async Task Any_number_of_entries_goes_into_a_file_one_on_each_line()
    {
        var found = await FoundAsync(
            new
            {
                @base = "ou=many,dc=example,dc=org",
                filter = "(objectClass=inetOrgPerson)",
                attributes = new[] { "cn" },
                fileStore = "documents",
            }
        );
        (found.Entries, found.Count, found.Complete).ShouldBe((null, DirectoryServer.Many, true));
        await using var content = await ldap.OpenAsync(found.File.ShouldNotBeNull());
        using var reader = new StreamReader(content, Encoding.UTF8);
        var lines = (await reader.ReadToEndAsync()).TrimEnd('\n').Split('\n');
        lines.Length.ShouldBe(DirectoryServer.Many);
        lines
            .Select(line =>
                JsonDocument.Parse(line).RootElement.GetProperty("attributes").GetProperty("cn")[0].GetString()
            )
            .Order(StringComparer.Ordinal)
            .First()
            .ShouldBe("Member 0000");
    }

    [Fact]
    public async Task A_file_of_a_search_that_fails_is_not_left_behind()
    {
        await using var service = await ldap.WithAsync("--Ldap:MaxFileEntries=100");
        var answer = await service.RunAsync(
            "ldap.search",
            new { @base = "ou=many,dc=example,dc=org", fileStore = "documents" }
        );
        answer.Errored.ShouldNotBeNull().Error.Code.ShouldBe("too-many-entries");
    }

    [Fact]
    public async Task An_unknown_file_store_is_told_before_the_server_is_asked()
    {
        await using var service = await ldap.WithAsync(ldap.Server("away", $"ldaps://localhost:{FreePort.Next()}"));
        var answer = await service.RunAsync("ldap.search", new { server = "away", fileStore = "unknown" });
        answer.Errored.ShouldNotBeNull().Error.Code.ShouldBe("file-store-unknown");
    }

    [Fact]
    public async Task The_limit_of_the_server_is_told_as_such()
    {
        var error = await ErrorAsync(new { @base = "ou=many,dc=example,dc=org", server = "limited" });
        (error.Category, error.Code).ShouldBe((ErrorCategory.Volumetric, "size-limit-exceeded"));
        error.Details!.Value.GetProperty("resultCode").GetInt32().ShouldBe(4);
    }

    [Fact]
    public async Task Other_servers_are_named_and_not_followed()
    {
        var found = await FoundAsync(
            new
            {
                @base = "dc=example,dc=org",
                scope = "children",
                attributes = new[] { "1.1" },
            }
        );
        found.Referrals.ShouldNotBeNull().ShouldHaveSingleItem().ShouldStartWith("ldap://other.example.org/");

        var error = await ErrorAsync(new { @base = "ou=elsewhere,dc=example,dc=org" });
        (error.Category, error.Code).ShouldBe((ErrorCategory.Data, "referral"));
        error.Details!.Value.GetProperty("referrals")[0].GetString()!.ShouldStartWith("ldap://other.example.org/");
    }

    [Theory]
    [InlineData("entry", 1)]
    [InlineData("children", 1)]
    [InlineData("subtree", 2)]
    public async Task The_scope_says_how_far_a_search_goes(string scope, int expected)
    {
        var found = await FoundAsync(new { @base = "ou=policies,dc=example,dc=org", scope });
        found.Count.ShouldBe(expected);
    }

    [Fact]
    public async Task Attributes_are_called_as_the_task_calls_them()
    {
        var found = await FoundAsync(
            new { filter = "(uid=ada)", attributes = new[] { "CN", "entryUUID", "JPEGPHOTO" } }
        );
        var entry = found.Entries.ShouldNotBeNull().ShouldHaveSingleItem();
        entry.Attributes.Keys.Order(StringComparer.Ordinal).ShouldBe(["CN", "entryUUID"]);
        entry.Binary!.Keys.ShouldBe(["JPEGPHOTO"]);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("+")]
    public async Task Passwords_are_never_handed_out(string attributes)
    {
        // The account itself may read them here: it is the service that keeps them.
        var answer = await ldap.CallAsync(
            "search",
            new { filter = "(|(uid=ada)(uid=lockable))", attributes = new[] { attributes } }
        );
        var outputs = answer.Completed.ShouldNotBeNull(answer.Error).Outputs.GetRawText();
        outputs.ShouldContain("uid=ada");
        outputs.ShouldNotContain("userPassword");
        outputs.ShouldNotContain("pwdHistory");
    }

    [Fact]
    public async Task A_search_that_nobody_could_answer_in_time_says_so()
    {
        await using var service = await ldap.WithAsync("--Ldap:ConnectTimeout=00:00:00.5");
        await ldap.Directory.PauseAsync();
        try
        {
            var answer = await service.RunAsync("ldap.search", new { filter = "(uid=ada)", timeLimit = 0.1 });
            var error = answer.Errored.ShouldNotBeNull().Error;
            error.Category.ShouldBe(ErrorCategory.Connectivity);
            error.Code.ShouldBeOneOf("timeout", "connect-timeout", "tls-failed");
        }
        finally
        {
            await ldap.Directory.ResumeAsync();
        }
    }

    private async Task<SearchOperation.Output> FoundAsync(object inputs) =>
        (await ldap.CallAsync("search", inputs)).Outputs<SearchOperation.Output>();

    private async Task<ErrorInfo> ErrorAsync(object inputs) =>
        (await ldap.CallAsync("search", inputs)).Errored.ShouldNotBeNull().Error;
}
