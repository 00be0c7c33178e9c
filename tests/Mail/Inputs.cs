using System.Text.Json;
using System.Text.Json.Nodes;
using Integration.Contracts;
using Integration.Mail.Send;

namespace Integration.Mail.Tests;

/// <summary>What is wrong with an input is told by name, and the server hears nothing of it.</summary>
public sealed class Inputs
{
    private const string Valid = """
        {
          "from": "Shop <shop@example.org>", "to": ["Ada <ada@example.org>"], "cc": ["Bob <bob@example.org>"],
          "bcc": ["Cid <cid@example.org>"], "replyTo": ["Help <help@example.org>"], "subject": "Order", "text": "x",
          "html": "<img src=\"cid:logo\">",
          "attachments": [{"file": {"$file": {"store": "s", "key": "k", "size": 1, "sha256": "SHA", "name": "n", "contentType": "a/b"}},
            "name": "x.pdf", "contentType": "application/pdf"}],
          "images": [{"file": {"$file": {"store": "s", "key": "k", "size": 1, "sha256": "SHA", "name": "n"}}, "contentId": "logo",
            "contentType": "image/png"}]
        }
        """;

    private static readonly string[] _places =
    [
        "from",
        "to[0]",
        "cc[0]",
        "bcc[0]",
        "replyTo[0]",
        "subject",
        "attachments[0].name",
        "attachments[0].contentType",
        "images[0].contentId",
        "images[0].contentType",
        "images[0].file.$file.name",
    ];

    private static readonly string[] _injections =
    [
        "\r\nBcc: x@evil.example",
        "\nX: y",
        "\r",
        "\u0000",
        "\u0085",
        "\u2028",
        "\u007f",
        "\u001b[31m",
        "\t",
    ];

    public static TheoryData<string> Places => [.. _places];

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_control_character_in_anything_of_a_header_is_refused_by_name(string place)
    {
        await using var server = await SmtpDouble.StartAsync();
        await using var service = await server.ServiceAsync();
        foreach (var injection in _injections)
        foreach (var at in new[] { 0, 1, 3 })
        {
            var inputs = JsonNode.Parse(Valid.Replace("SHA", new string('0', 64), StringComparison.Ordinal))!;
            Change(inputs, place, old => old.Insert(Math.Min(at, old.Length), injection));
            var error = (await service.RunAsync("mail.send", inputs)).Errored.ShouldNotBeNull().Error;
            (error.Category, error.Code).ShouldBe((ErrorCategory.Data, ErrorCodes.InvalidInput));
            error.Message.ShouldStartWith($"inputs.{place} has a line break or another control character");
        }

        server.Connections.ShouldBe(0);
    }

    [Fact]
    public async Task A_value_that_brings_a_line_break_into_the_subject_is_refused()
    {
        var error = await ErrorAsync(
            """{"to":["a@example.org"],"subject":"Order {{id}}","text":"x","values":{"id":"1\r\nBcc: x@evil.example"}}"""
        );
        error.Message.ShouldStartWith("inputs.subject has a line break");
    }

    [Theory]
    [InlineData("ada")]
    [InlineData("@example.org")]
    [InlineData("ada@")]
    [InlineData("ada@example.org, bob@example.org")]
    [InlineData("ada@example.org> SIZE=1")]
    [InlineData("<ada@example.org>, <bob@example.org>")]
    [InlineData("Ada <ada@example.org> bob@example.org")]
    [InlineData("a b@example.org")]
    [InlineData("\"a b\"@example.org")]
    [InlineData("a..b@example.org")]
    [InlineData(".a@example.org")]
    [InlineData("a@[127.0.0.1]")]
    [InlineData("a@exa mple.org")]
    [InlineData("a@-example.org")]
    [InlineData("a@example..org")]
    [InlineData("a@mu\u0308nchen.example")]
    [InlineData("a@example.org.")]
    [InlineData("")]
    [InlineData("<>")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@example.org")]
    public async Task What_is_no_single_address_is_refused(string address)
    {
        var error = await ErrorAsync(
            JsonSerializer.Serialize(
                new
                {
                    to = new[] { address },
                    subject = "x",
                    text = "x",
                }
            )
        );
        error.Message.ShouldStartWith("inputs.to[0] is no single address");
    }

    [Theory]
    [InlineData("""{"subject":"x","text":"x"}""", "inputs.to names nobody")]
    [InlineData("""{"to":[],"subject":"x","text":"x"}""", "inputs.to names nobody")]
    [InlineData("""{"to":["a@b.c"],"text":"x"}""", "inputs lacks what is required: subject")]
    [InlineData("""{"to":["a@b.c"],"subject":"x"}""", "inputs.text and inputs.html are missing")]
    [InlineData("""{"to":["a@b.c"],"subject":"x","text":"","html":""}""", "inputs.text and inputs.html are empty")]
    [InlineData("""{"to":["a@b.c"],"subject":"x","text":"","html":null}""", "inputs.text and inputs.html are empty")]
    [InlineData("""{"to":["a@b.c"],"subject":"x","html":" "}""", "inputs.text and inputs.html are empty")]
    [InlineData("""{"to":"","subject":"x","text":"x"}""", "inputs.to[0]")]
    [InlineData("""{"to":"a@b.c, d@e.f","subject":"x","text":"x"}""", "inputs.to[0]")]
    [InlineData("""{"to":"a@b.c","subject":null,"text":"x"}""", "inputs.subject is null: a text is expected.")]
    [InlineData(
        """{"to":["a@b.c"],"subject":"x","text":"x","account":"other"}""",
        "inputs.account names 'other', which this service does not have. There are: default"
    )]
    [InlineData("""{"to":["a@b.c"],"subject":"x","text":"x","subjct":"x"}""", "inputs.subjct is not known")]
    [InlineData("""{"to":["a@b.c"],"subject":"x","text":"x","images":[IMAGE]}""", "inputs.images needs inputs.html")]
    [InlineData("""{"to":["a@b.c"],"subject":"x","html":"x","images":[IMAGE]}""", "inputs.images[0] is not used")]
    [InlineData(
        """{"to":["a@b.c"],"subject":"x","html":"cid:i","images":[IMAGE,IMAGE]}""",
        "inputs.images has two with the contentId 'i'"
    )]
    [InlineData("""{"to":["a@b.c"],"subject":"x","html":"cid:i","images":[null]}""", "inputs.images[0] is null")]
    [InlineData("""{"to":["a@b.c"],"subject":"x","text":"x","attachments":[null]}""", "inputs.attachments[0] is null")]
    [InlineData(
        """{"to":["a@b.c"],"subject":"x","text":"x","attachments":[{"file":FILE,"name":"a/b"}]}""",
        "inputs.attachments[0].name must be a file name"
    )]
    [InlineData(
        """{"to":["a@b.c"],"subject":"x","text":"x","attachments":[{"file":FILE,"name":""}]}""",
        "inputs.attachments[0].name must be a file name"
    )]
    [InlineData(
        """{"to":["a@b.c"],"subject":"x","text":"x","attachments":[{"file":FILE,"contentType":"pdf"}]}""",
        "inputs.attachments[0].contentType is no media type"
    )]
    [InlineData("""{"to":[null],"subject":"x","text":"x"}""", "inputs.to[0]")]
    public async Task What_does_not_fit_is_told_by_name(string inputs, string expected)
    {
        var file = """{"$file":{"store":"s","key":"k","size":1,"sha256":"SHA"}}""".Replace(
            "SHA",
            new string('0', 64),
            StringComparison.Ordinal
        );
        var error = await ErrorAsync(
            inputs
                .Replace("IMAGE", """{"file":FILE,"contentId":"i"}""", StringComparison.Ordinal)
                .Replace("FILE", file, StringComparison.Ordinal)
        );
        error.Category.ShouldBe(ErrorCategory.Data);
        error.Message.ShouldContain(expected);
    }

    [Theory]
    [InlineData("boss@example.org")]
    [InlineData("shop@example.org.evil.example")]
    [InlineData("Shop <shop@example.net>")]
    [InlineData("*@example.org")]
    [InlineData("\"shop@example.org\" <x@evil.example>")]
    public async Task A_sender_that_the_account_does_not_allow_is_refused(string from)
    {
        var error = await ErrorAsync(
            JsonSerializer.Serialize(
                new
                {
                    from,
                    to = new[] { "a@b.c" },
                    subject = "x",
                    text = "x",
                }
            )
        );
        (error.Category, error.Code).ShouldBe((ErrorCategory.Access, "sender-not-allowed"));
        error.Message.ShouldContain("Mail__Accounts__default__From");
    }

    [Fact]
    public async Task An_account_for_a_whole_domain_needs_a_sender_from_the_task()
    {
        await using var server = await SmtpDouble.StartAsync();
        await using var service = await server.ServiceAsync("--Mail:Accounts:default:From=*@example.org");
        var answer = await service.RunAsync(
            "mail.send",
            new
            {
                to = new[] { "a@b.c" },
                subject = "x",
                text = "x",
            }
        );
        answer.Errored.ShouldNotBeNull().Error.Message.ShouldStartWith("inputs.from is missing");
        answer = await service.RunAsync(
            "mail.send",
            new
            {
                from = "any@Example.org",
                to = new[] { "a@b.c" },
                subject = "x",
                text = "x",
            }
        );
        answer.Completed.ShouldNotBeNull(answer.Error);
        server.Lines.ShouldContain(line => line.StartsWith("MAIL FROM:<any@example.org>", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("text", "{{name}}", "inputs.values has no 'name', which the template inputs.text uses")]
    [InlineData("html", "{{#if name}}{{/if}}", "inputs.values has no 'name', which the template inputs.html uses")]
    [InlineData("html", "{{o.name}}", "inputs.values has no 'name'")]
    [InlineData("html", "{{{x}}}", "inputs.html has three braces")]
    [InlineData("html", "{{> x}}", "inputs.html uses a partial")]
    [InlineData("text", "{{#*inline \"x\"}}{{> x}}{{/inline}}{{> x}}", "inputs.text uses a partial")]
    [InlineData("text", "{{#each l}}", "inputs.text is no template that can be filled")]
    [InlineData("text", "{{x", "inputs.text is no template that can be filled")]
    [InlineData("text", "{{o}}", "a place stands for an object")]
    [InlineData("text", "{{l}}", "a place stands for a list")]
    public async Task A_template_that_cannot_be_filled_is_told_by_name(string field, string template, string expected)
    {
        var inputs = JsonNode.Parse(
            """{"to":["a@example.org"],"subject":"x","values":{"x":"y","o":{"a":1},"l":[1]}}"""
        )!;
        inputs[field] = template;
        var error = await ErrorAsync(inputs.ToJsonString());
        (error.Category, error.Code).ShouldBe((ErrorCategory.Data, ErrorCodes.InvalidInput));
        error.Message.ShouldContain(expected);
    }

    [Theory]
    [InlineData("{{#each l}}{{#each @root.l}}{{#each @root.l}}{{#each @root.l}}{{/each}}{{/each}}{{/each}}{{/each}}")]
    [InlineData("{{#each o}}{{#each @root.o}}{{#each @root.o}}{{#each @root.o}}{{/each}}{{/each}}{{/each}}{{/each}}")]
    [InlineData("{{#l}}{{#each @root.l}}{{#each @root.l}}{{#each @root.l}}{{/each}}{{/each}}{{/each}}{{/l}}")]
    public async Task A_template_that_goes_through_lists_for_hours_and_writes_nothing_is_ended(string template)
    {
        var numbers = Enumerable.Range(0, 1000).ToList();
        var inputs = new
        {
            to = new[] { "a@example.org" },
            subject = template,
            text = "x",
            values = new { l = numbers, o = numbers.ToDictionary(number => $"n{number}") },
        };
        var error = await ErrorAsync(JsonSerializer.Serialize(inputs));
        (error.Category, error.Code).ShouldBe((ErrorCategory.Data, ErrorCodes.InvalidInput));
        error.Message.ShouldContain("it goes through more than 1000000 items");
    }

    [Theory]
    [InlineData("info@münchen.example")]
    [InlineData("info@MÜNCHEN.example")]
    public async Task A_domain_is_the_same_however_it_is_written(string address)
    {
        await using var server = await SmtpDouble.StartAsync();
        await using var service = await server.ServiceAsync();
        var inputs = new
        {
            to = new[] { address },
            subject = "x",
            text = "x",
        };
        (await service.RunAsync("mail.send", inputs)).Completed.ShouldNotBeNull();
        server.Lines.ShouldContain("RCPT TO:<info@xn--mnchen-3ya.example>");
    }

    [Fact]
    public async Task Values_are_escaped_in_HTML_and_nowhere_else()
    {
        await using var server = await SmtpDouble.StartAsync();
        await using var service = await server.ServiceAsync();
        var answer = await service.RunAsync(
            "mail.send",
            new
            {
                to = new[] { "a@example.org" },
                subject = "{{name}}",
                text = "{{name}} {{amount}} {{yes}} [{{nothing}}] {{#each l}}{{@index}}{{this}}{{/each}}",
                html = "<b title=\"{{name}}\">{{name}}</b>",
                values = JsonNode.Parse(
                    """{"name":"<a> & \"b'","amount":12.50,"yes":true,"nothing":null,"l":["x","y"]}"""
                ),
            }
        );
        answer.Completed.ShouldNotBeNull(answer.Error);
        var mail = await ParsedMail.ReadAsync(server.Messages.ShouldHaveSingleItem());
        mail["Subject"].ShouldBe("<a> & \"b'");
        mail.Body.Parts[0].Text.ShouldBe("<a> & \"b' 12.50 true [] 0x1y");
        mail.Body.Parts[1].Text.ShouldNotContain("<a>");
        System.Net.WebUtility.HtmlDecode(mail.Body.Parts[1].Text).ShouldBe("<b title=\"<a> & \"b'\"><a> & \"b'</b>");
    }

    [Fact]
    public async Task Without_values_braces_are_text()
    {
        await using var server = await SmtpDouble.StartAsync();
        await using var service = await server.ServiceAsync();
        (
            await service.RunAsync(
                "mail.send",
                new
                {
                    to = new[] { "a@example.org" },
                    subject = "{{x}}",
                    text = "{{y",
                }
            )
        ).Completed.ShouldNotBeNull();
        var mail = await ParsedMail.ReadAsync(server.Messages.ShouldHaveSingleItem());
        mail["Subject"].ShouldBe("{{x}}");
        mail.Body.Text.ShouldBe("{{y\r\n");
    }

    [Theory]
    [InlineData(
        """{"to":["a@b.c","d@b.c","e@b.c"],"subject":"x","text":"x"}""",
        "too-many-recipients",
        "Mail__MaxRecipients"
    )]
    [InlineData(
        """{"to":["a@b.c"],"subject":"x","text":"0123456789012345678901234567890123456789"}""",
        "body-too-long",
        "Mail__MaxBodyLength"
    )]
    [InlineData(
        """{"to":["a@b.c"],"subject":"x","html":"{{#each l}}{{#each @root.l}}{{#each @root.l}}xx{{/each}}{{/each}}{{/each}}","values":{"l":[1,2,3,4]}}""",
        "body-too-long",
        "Mail__MaxBodyLength"
    )]
    [InlineData(
        """{"to":["a@b.c"],"subject":"x","text":"x","attachments":[{"file":{"$file":{"store":"s","key":"k","size":5000,"sha256":"SHA"}}}]}""",
        "mail-too-large",
        "Mail__MaxMessageBytes"
    )]
    public async Task Too_much_is_refused_with_the_setting_that_would_allow_it(
        string inputs,
        string code,
        string setting
    )
    {
        var error = await ErrorAsync(inputs.Replace("SHA", new string('0', 64), StringComparison.Ordinal));
        (error.Category, error.Code, error.Retryable).ShouldBe((ErrorCategory.Volumetric, code, false));
        error.Message.ShouldContain(setting);
    }

    [Fact]
    public async Task A_task_id_that_cannot_stand_in_a_header_makes_a_message_id_all_the_same()
    {
        await using var server = await SmtpDouble.StartAsync();
        await using var service = await server.ServiceAsync();
        var ids = new List<string>();
        foreach (var id in new[] { "a b> X: y", "a b> X: é", "plain-17.b" })
        {
            var answer = await service.RunAsync(
                "mail.send",
                new
                {
                    to = new[] { "a@example.org" },
                    subject = "x",
                    text = "x",
                },
                request => request with { TaskId = id + Guid.NewGuid() }
            );
            ids.Add(answer.Outputs<SendOperation.Output>().MessageId);
        }

        ids.ShouldBeUnique();
        ids.ShouldAllBe(id =>
            id.EndsWith("@example.org>", StringComparison.Ordinal) && id.All(one => one > ' ' && one < 127)
        );
        ids[2].ShouldStartWith("<plain-17.b");
    }

    private static async Task<ErrorInfo> ErrorAsync(string inputs)
    {
        await using var server = await SmtpDouble.StartAsync();
        await using var service = await server.ServiceAsync(
            "--Mail:MaxRecipients=2",
            "--Mail:MaxBodyLength=36",
            "--Mail:MaxMessageBytes=5000"
        );
        var answer = await service.RunAsync("mail.send", JsonNode.Parse(inputs)!);
        server.Connections.ShouldBe(0);
        return answer.Errored.ShouldNotBeNull().Error;
    }

    private static void Change(JsonNode inputs, string place, Func<string, string> change)
    {
        JsonNode parent = inputs;
        var steps = place.Replace("[0]", ".0", StringComparison.Ordinal).Split('.');
        foreach (var step in steps[..^1])
            parent = parent is JsonArray list ? list[int.Parse(step)]! : parent[step]!;
        if (parent is JsonArray array)
            array[int.Parse(steps[^1])] = change(array[int.Parse(steps[^1])]!.GetValue<string>());
        else
            parent[steps[^1]] = change(parent[steps[^1]]!.GetValue<string>());
    }
}
