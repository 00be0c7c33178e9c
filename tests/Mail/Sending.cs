using System.Security.Cryptography;
using System.Text;
using Integration.Contracts;
using Integration.Fixtures;
using Integration.Mail.Send;

namespace Integration.Mail.Tests;

public sealed class Sending(MailFixture mail) : IClassFixture<MailFixture>
{
    private readonly string _box = $"box-{Guid.NewGuid():N}";

    private string Address => $"{_box}@example.org";

    [Fact]
    public async Task A_text_arrives_byte_by_byte()
    {
        var answer = await mail.SendAsync(
            new
            {
                to = new[] { Address },
                subject = "Your order",
                text = "It is on its way.\n.\n..two dots\r\nFrom here\rRegards",
            }
        );
        answer.Completed.ShouldNotBeNull(answer.Error);
        var text = Encoding.UTF8.GetString(await mail.Server.MailAsync(_box));
        text.ShouldContain("\nSubject: Your order\n");
        text.ShouldEndWith("\n\nIt is on its way.\n.\n..two dots\nFrom here\nRegards\n");
    }

    [Fact]
    public async Task The_output_says_what_the_server_answered_and_the_message_id_is_that_of_the_task()
    {
        var answer = await mail.SendAsync(Inputs());
        var output = answer.Outputs<SendOperation.Output>();
        output.Status.ShouldBe(250);
        output.Answer.ShouldStartWith("250 OK id=");
        mail.Server.MainLog.ShouldContain(output.Answer["250 OK id=".Length..]);
        output.MessageId.ShouldBe($"<{answer.Request.TaskId}@example.org>");
        output.Recipients.ShouldBe([new RecipientAnswer(Address, true, 250, "250 Accepted")]);
        var received = await ReceivedAsync();
        received["Message-ID"].ShouldBe(output.MessageId);
        received["Auto-Submitted"].ShouldBe("auto-generated");
        received["MIME-Version"].ShouldBe("1.0");
        received["Return-path"].ShouldBe("<shop@example.org>");
    }

    [Fact]
    public async Task A_redelivered_task_sends_nothing_again()
    {
        var first = await mail.SendAsync(Inputs());
        await mail.Server.MailAsync(_box);
        var second = await mail.Service.RedeliverAsync(first);
        second.Completed.ShouldNotBeNull().Replayed.ShouldBeTrue();
        second.Outputs<SendOperation.Output>().ShouldBeEquivalentTo(first.Outputs<SendOperation.Output>());
        (await mail.Server.MailsAsync(_box)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Implicit_TLS_and_AUTH_LOGIN_work_too()
    {
        var answer = await mail.SendAsync(Inputs("implicit"));
        answer.Completed.ShouldNotBeNull(answer.Error);
        var received = await ReceivedAsync();
        received["Received"].ShouldNotBeNull().ShouldContain("esmtpsa");
    }

    [Fact]
    public async Task To_and_cc_are_shown_and_bcc_is_not()
    {
        var (cc, bcc) = ($"cc-{_box}", $"bcc-{_box}");
        var answer = await mail.SendAsync(
            new
            {
                from = "\"Shop, the\" <SHOP@Example.com>",
                to = new[] { $"Lovelace, Ada <{Address}>", $"\"Ada \\\"A\\\"\" <{Address}>" },
                cc = new[] { $"{cc}@example.org" },
                bcc = new[] { $"Secret <{bcc}@example.org>" },
                replyTo = new[] { "help@example.net", "Someone <else@example.net>" },
                subject = "x",
                text = "x",
            }
        );
        answer.Completed.ShouldNotBeNull(answer.Error);
        answer.Outputs<SendOperation.Output>().Recipients.Count.ShouldBe(3);
        foreach (var box in new[] { _box, cc, bcc })
        {
            var raw = await mail.Server.MailAsync(box);
            var received = await ParsedMail.ReadAsync(raw);
            received["Envelope-to"].ShouldBe($"{box}@example.org");
            received.From.ShouldBe([new("Shop, the", "SHOP@example.com")]);
            received.To.ShouldBe([new("Lovelace, Ada", Address), new("Ada \"A\"", Address)]);
            received.Cc.ShouldBe([new("", $"{cc}@example.org")]);
            received.ReplyTo.ShouldBe([new("", "help@example.net"), new("Someone", "else@example.net")]);
            if (box != bcc)
                Encoding.UTF8.GetString(raw).ShouldNotContain("bcc", Case.Insensitive);
        }
    }

    [Fact]
    public async Task A_mail_for_bcc_only_names_nobody()
    {
        var answer = await mail.SendAsync(
            new
            {
                bcc = new[] { Address },
                subject = "x",
                text = "x",
            }
        );
        answer.Completed.ShouldNotBeNull(answer.Error);
        var received = await ReceivedAsync();
        received["To"].ShouldBe("undisclosed-recipients:;");
        received["Bcc"].ShouldBeNull();
    }

    [Theory]
    [InlineData("Grüße aus Köln")]
    [InlineData("日本語の件名は折り返されるほど長くて、七十五文字を超えてもそのまま届かなければなりません。もちろん")]
    [InlineData("👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦 families and much more text behind them")]
    [InlineData(
        "An English subject that is so long that it must be folded, once or twice, before its end is reached at last"
    )]
    [InlineData("=?utf-8?Q?not_an_encoded_word?=")]
    [InlineData("two  spaces and one at the end ")]
    [InlineData("averylongwordaverylongwordaverylongwordaverylongwordaverylongwordaverylongwordaverylongword more")]
    [InlineData("")]
    public async Task Subjects_and_names_of_all_languages_arrive(string text)
    {
        var answer = await mail.SendAsync(
            new
            {
                to = new[] { $"{text} <{Address}>" },
                subject = text,
                text = "x",
            }
        );
        answer.Completed.ShouldNotBeNull(answer.Error);
        var raw = await mail.Server.MailAsync(_box);
        var received = await ParsedMail.ReadAsync(raw);
        received["Subject"].ShouldBe(text);
        received.To.ShouldHaveSingleItem().ShouldBe(new ParsedMail.Address(text.Trim(), Address));
        raw.ShouldAllBe(one => one < 128);
        Encoding.ASCII.GetString(raw).Split('\n').ShouldAllBe(line => line.Length <= 110);
    }

    [Fact]
    public async Task Addresses_of_all_languages_arrive()
    {
        var box = $"zoë-{_box}";
        var answer = await mail.SendAsync(
            new
            {
                to = new[] { $"Zoë <{box}@bücher.example>" },
                subject = "x",
                text = "x",
            }
        );
        answer.Completed.ShouldNotBeNull(answer.Error);
        answer.Outputs<SendOperation.Output>().Recipients[0].Address.ShouldBe($"{box}@xn--bcher-kva.example");
        var raw = Encoding.UTF8.GetString(await mail.Server.MailAsync(box));
        raw.ShouldContain($"<{box}@xn--bcher-kva.example>");
    }

    [Theory]
    [InlineData("short\nlines\n", "7bit")]
    [InlineData(
        "Schöne Grüße = alles gut, \t \n trailing space \nund eine Zeile, die so lang ist, dass sie umbrochen werden muss, mehrmals. €\n",
        "quoted-printable"
    )]
    [InlineData("日本語の本文です。\n二行目。", "base64")]
    [InlineData("null \u0000 and escape \u001b\n.\n.", "quoted-printable")]
    public async Task Text_and_HTML_of_all_languages_arrive(string text, string encoding)
    {
        var answer = await mail.SendAsync(
            new
            {
                to = new[] { Address },
                subject = "x",
                text,
                html = text,
            }
        );
        answer.Completed.ShouldNotBeNull(answer.Error);
        var body = (await ReceivedAsync()).Body;
        body.Type.ShouldBe("multipart/alternative");
        body.Parts.Select(part => part.Type).ShouldBe(["text/plain", "text/html"]);
        foreach (var part in body.Parts)
        {
            part.Encoding.ShouldBe(encoding);
            part.Charset.ShouldBe("utf-8");
            part.Text.ReplaceLineEndings("\n").ShouldBe(text);
        }
    }

    [Fact]
    public async Task Files_and_images_arrive_as_they_are()
    {
        var pdf = RandomNumberGenerator.GetBytes(300_000);
        var png = RandomNumberGenerator.GetBytes(57 * 512);
        var answer = await mail.SendAsync(
            new
            {
                to = new[] { Address },
                subject = "x",
                text = "see HTML",
                html = "<img src=\"cid:logo\">",
                attachments = new object[]
                {
                    new { file = await mail.SaveAsync(pdf, "Rechnung Nr. 5 – Köln.pdf", "application/pdf") },
                    new { file = await mail.SaveAsync([], null, null), name = "empty.bin" },
                    new
                    {
                        file = await mail.SaveAsync("a;b"u8.ToArray(), "list.txt", "text/csv; charset=utf-8; x=y"),
                        name = "quote\"and;semicolon.csv",
                    },
                    new { file = await mail.SaveAsync("x"u8.ToArray(), "mail.eml", "message/rfc822") },
                },
                images = new[]
                {
                    new { file = await mail.SaveAsync(png, "logo.png", "image/png"), contentId = "logo" },
                },
            }
        );
        answer.Completed.ShouldNotBeNull(answer.Error);
        var raw = await mail.Server.MailAsync(_box);
        var body = (await ParsedMail.ReadAsync(raw)).Body;
        body.Type.ShouldBe("multipart/mixed");
        body.Parts[0].Type.ShouldBe("multipart/alternative");
        var related = body.Parts[0].Parts[1];
        related.Type.ShouldBe("multipart/related");
        related.Parts[0].Type.ShouldBe("text/html");
        var image = related.Parts[1];
        (image.Type, image.Disposition, image.Name, image.ContentId).ShouldBe(
            ("image/png", "inline", "logo.png", "<logo>")
        );
        image.Content.ShouldBe(png);
        var files = body.Parts.Skip(1).ToList();
        files.ShouldAllBe(file => file.Disposition == "attachment");
        files
            .Select(file => (file.Type, file.Charset, file.Name))
            .ShouldBe([
                ("application/pdf", null, "Rechnung Nr. 5 – Köln.pdf"),
                ("application/octet-stream", null, "empty.bin"),
                ("text/csv", "utf-8", "quote\"and;semicolon.csv"),
                ("application/octet-stream", null, "mail.eml"),
            ]);
        files[0].Content.ShouldBe(pdf);
        files[1].Content.ShouldBe([]);
        Encoding.ASCII.GetString(raw).Split('\n').ShouldAllBe(line => line.Length <= 200);
    }

    [Theory]
    [InlineData("text/calendar; method=REQUEST", "text/calendar; method=REQUEST")]
    [InlineData("text/calendar;charset=UTF-8;method=CANCEL", "text/calendar; charset=UTF-8; method=CANCEL")]
    [InlineData("application/x; title=\"a; b\"", "application/x; title=\"a; b\"")]
    [InlineData("text/csv; header=present; charset=iso-8859-1", "text/csv; header=present; charset=iso-8859-1")]
    [InlineData("message/rfc822; x=y", "application/octet-stream")]
    public async Task An_attachment_keeps_the_parameters_of_its_media_type(string contentType, string header)
    {
        var file = await mail.SaveAsync("x"u8.ToArray(), "a.bin", null);
        var answer = await mail.SendAsync(
            new
            {
                to = Address,
                subject = "x",
                text = "t",
                attachments = new[] { new { file, contentType } },
            }
        );
        answer.Completed.ShouldNotBeNull(answer.Error);
        Encoding.ASCII.GetString(await mail.Server.MailAsync(_box)).ShouldContain($"\nContent-Type: {header}\n");
    }

    [Fact]
    public async Task Parameters_that_do_not_fit_into_a_line_are_folded()
    {
        var file = await mail.SaveAsync("x"u8.ToArray(), "a.bin", null);
        var parameters = string.Join("; ", Enumerable.Range(0, 9).Select(i => $"p{i}={new string('v', 40)}"));
        var answer = await mail.SendAsync(
            new
            {
                to = Address,
                subject = "x",
                text = "t",
                attachments = new[] { new { file, contentType = $"application/x; {parameters}" } },
            }
        );
        answer.Completed.ShouldNotBeNull(answer.Error);
        var raw = Encoding.ASCII.GetString(await mail.Server.MailAsync(_box));
        raw.Split('\n').ShouldAllBe(line => line.Length <= 200);
        raw.Replace("\n ", " ", StringComparison.Ordinal)
            .ShouldContain($"\nContent-Type: application/x; {parameters}\n");
        (await ParsedMail.ReadAsync(Encoding.ASCII.GetBytes(raw))).Body.Parts[1].Type.ShouldBe("application/x");
    }

    [Theory]
    [InlineData("""{"text":"t","html":""}""", "text/plain", "t")]
    [InlineData("""{"text":"t","html":" \r\n"}""", "text/plain", "t")]
    [InlineData("""{"text":"t","html":null}""", "text/plain", "t")]
    [InlineData("""{"text":"t","html":"{{v}}","values":{"v":""}}""", "text/plain", "t")]
    [InlineData("""{"text":"","html":"<p>h</p>"}""", "text/html", "<p>h</p>")]
    [InlineData("""{"text":"{{v}}","html":"<p>h</p>","values":{"v":null}}""", "text/html", "<p>h</p>")]
    public async Task An_empty_alternative_does_not_hide_the_other(string bodies, string type, string content)
    {
        var inputs = System.Text.Json.Nodes.JsonNode.Parse(bodies)!;
        (inputs["to"], inputs["subject"]) = (Address, "x");
        var answer = await mail.SendAsync(inputs.ToJsonString());
        answer.Completed.ShouldNotBeNull(answer.Error);
        var body = (await ReceivedAsync()).Body;
        (body.Type, body.Text.Trim()).ShouldBe((type, content));
    }

    [Fact]
    public async Task Files_may_be_all_that_there_is()
    {
        var file = await mail.SaveAsync("x"u8.ToArray(), "a.bin", null);
        var answer = await mail.SendAsync(
            new
            {
                to = Address,
                subject = "x",
                text = "",
                attachments = new[] { new { file } },
            }
        );
        answer.Completed.ShouldNotBeNull(answer.Error);
        (await ReceivedAsync())
            .Body.Parts.Select(part => part.Type)
            .ShouldBe(["text/plain", "application/octet-stream"]);
    }

    [Fact]
    public async Task The_size_in_the_output_is_the_size_on_the_wire()
    {
        await using var server = await SmtpDouble.StartAsync();
        await using var service = await server.ServiceAsync();
        var answer = await service.RunAsync(
            "mail.send",
            new
            {
                to = new[] { Address },
                subject = "ä",
                text = ".dot\n",
                html = "é",
            }
        );
        var output = answer.Outputs<SendOperation.Output>();
        server.Messages.ShouldHaveSingleItem().Length.ShouldBe((int)output.Size);
        server.Lines.ShouldContain(line => line.EndsWith($" SIZE={output.Size}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(56)]
    [InlineData(57)]
    [InlineData(58)]
    [InlineData(57 * 512)]
    [InlineData(100_000)]
    public async Task The_size_that_is_told_before_a_file_is_read_is_its_size_on_the_wire(int length)
    {
        await using var server = await SmtpDouble.StartAsync();
        using var folder = new TemporaryFolder();
        await using var service = await server.ServiceAsync(
            "--Files:Stores:documents:Kind=Folder",
            $"--Files:Stores:documents:Path={folder.Path}"
        );
        await File.WriteAllBytesAsync(folder.Combine("x"), new byte[length]);
        var hash = Convert.ToHexStringLower(SHA256.HashData(new byte[length]));
        var answer = await service.RunAsync(
            "mail.send",
            new
            {
                to = new[] { Address },
                subject = "x",
                text = "x",
                attachments = new[] { new { file = new FileReference("documents", "x", length, hash) } },
            }
        );
        answer.Completed.ShouldNotBeNull(answer.Error);
        var message = server.Messages.ShouldHaveSingleItem();
        server.Lines.ShouldContain(line => line.EndsWith($" SIZE={message.Length}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ü", 255)]
    [InlineData("€", 255)]
    [InlineData("🚀", 127)]
    [InlineData("a;", 127)]
    public async Task The_longest_name_of_a_file_arrives_whole_and_in_lines_that_every_server_takes(
        string text,
        int times
    )
    {
        var name = string.Concat(Enumerable.Repeat(text, times));
        var answer = await mail.SendAsync(
            new
            {
                to = new[] { Address },
                subject = "x",
                text = "x",
                attachments = new[] { new { file = await mail.SaveAsync("x"u8.ToArray(), name, null) } },
            }
        );
        answer.Completed.ShouldNotBeNull(answer.Error);
        var raw = await mail.Server.MailAsync(_box);
        Encoding.Latin1.GetString(raw).Split('\n').Max(line => line.Length).ShouldBeLessThan(1000);
        (await ParsedMail.ReadAsync(raw)).Body.Parts[1].Name.ShouldBe(name);
    }

    [Fact]
    public async Task A_file_that_is_not_what_its_reference_says_stops_the_mail_before_its_end()
    {
        var reference = await mail.SaveAsync(RandomNumberGenerator.GetBytes(100_000), "x.bin", null);
        var answer = await mail.SendAsync(
            new
            {
                to = new[] { Address },
                subject = "x",
                text = "x",
                attachments = new[] { new { file = reference with { Sha256 = new string('0', 64) } } },
            }
        );
        var error = answer.Errored.ShouldNotBeNull().Error;
        (error.Category, error.Code).ShouldBe((ErrorCategory.Data, "file-mismatch"));
        await NothingArrivesAsync();
    }

    [Fact]
    public async Task A_file_that_is_gone_stops_the_mail()
    {
        var reference = (await mail.SaveAsync("x"u8.ToArray(), "x.bin", null)) with { Key = "gone" };
        var answer = await mail.SendAsync(
            new
            {
                to = new[] { Address },
                subject = "x",
                text = "x",
                attachments = new[] { new { file = reference } },
            }
        );
        answer.Errored.ShouldNotBeNull().Error.Code.ShouldBe("file-not-found");
        await NothingArrivesAsync();
    }

    // What is sent later to the same box arrives alone.
    private async Task NothingArrivesAsync()
    {
        (await mail.SendAsync(Inputs())).Completed.ShouldNotBeNull();
        await mail.Server.MailAsync(_box);
    }

    private object Inputs(string account = "default") =>
        new
        {
            account,
            to = new[] { Address },
            subject = "Your order",
            text = "It is on its way.",
        };

    private async Task<ParsedMail> ReceivedAsync() => await ParsedMail.ReadAsync(await mail.Server.MailAsync(_box));
}
