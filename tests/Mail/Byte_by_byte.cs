using System.Security.Cryptography;
using System.Text;
using Integration.Fixtures;
using Integration.Testing;

namespace Integration.Mail.Tests;

/// <summary>A mail with everything in it, as one server received it and as another one gives it.</summary>
public sealed class Byte_by_byte(MailFixture mail) : IClassFixture<MailFixture>
{
    private readonly string _box = $"whole-{Guid.NewGuid().ToString("N")[..8]}";

    [Fact]
    public async Task A_whole_mail_is_received_as_the_standards_want_it()
    {
        var taskId = $"task-{Guid.NewGuid():N}";
        var logo = RandomNumberGenerator.GetBytes(100);
        var bill = RandomNumberGenerator.GetBytes(1_000);
        var answer = await mail.Service.SendAsync(
            ServiceHarness.Request(
                "mail.send",
                new
                {
                    from = "Shop <shop@example.org>",
                    to = new[] { $"Zoë Müller <{_box}@example.org>" },
                    cc = new[] { "\"Sales, North\" <sales@example.com>" },
                    replyTo = new[] { "help@example.org" },
                    subject = "Grüße 🎉 from {{who}}",
                    text = "Schöne Grüße, and a text that is plain for the most part.\n.\n..two dots and a space \n",
                    html = "<p>日本語 <img src=\"cid:logo\"></p>",
                    values = new { who = "the shop" },
                    images = new[]
                    {
                        new { file = await mail.SaveAsync(logo, "logo.png", "image/png"), contentId = "logo" },
                    },
                    attachments = new[]
                    {
                        new { file = await mail.SaveAsync(bill, "Rechnung – 5.pdf", "application/pdf") },
                    },
                }
            ) with
            {
                TaskId = taskId,
            }
        );
        answer.Completed.ShouldNotBeNull(answer.Error);
        var inFolder = await mail.Server.MailAsync(_box);
        await using var boxes = await MailboxServer.StartAsync(mail.Server);
        var fetched = await boxes.FetchAsync(_box);

        var (date, sent) = WithoutTrace(fetched);
        DateTimeOffset.Parse(date, null).ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(2));
        var expected = Expected(date, taskId, logo, bill);
        sent.ShouldBe(expected);
        answer.Outputs<Send.SendOperation.Output>().Size.ShouldBe(Encoding.UTF8.GetByteCount(expected));
        Encoding.UTF8.GetString(inFolder).ShouldEndWith(expected.Replace("\r\n", "\n", StringComparison.Ordinal));
    }

    // What servers on the way put before a mail belongs to them.
    private static (string Date, string Mail) WithoutTrace(byte[] received)
    {
        var text = Encoding.UTF8.GetString(received);
        var start = text.IndexOf("\r\nDate: ", StringComparison.Ordinal) + 2;
        var mail = text[start..];
        return (mail["Date: ".Length..mail.IndexOf('\r', StringComparison.Ordinal)], mail);
    }

    private string Expected(string date, string taskId, byte[] logo, byte[] bill)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(taskId)))[..32];
        return $"""
            Date: {date}
            From: Shop <shop@example.org>
            Reply-To: help@example.org
            To: =?utf-8?b?{Base64("Zoë Müller")}?= <{_box}@example.org>
            Cc: "Sales, North" <sales@example.com>
            Message-ID: <{taskId}@example.org>
            Subject: =?utf-8?b?{Base64("Grüße 🎉")}?= from the shop
            Auto-Submitted: auto-generated
            MIME-Version: 1.0
            Content-Type: multipart/mixed;
             boundary="=_m_{hash}"

            --=_m_{hash}
            Content-Type: multipart/alternative;
             boundary="=_a_{hash}"

            --=_a_{hash}
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            Sch=C3=B6ne Gr=C3=BC=C3=9Fe, and a text that is plain for the most part.
            .
            ..two dots and a space=20

            --=_a_{hash}
            Content-Type: multipart/related;
             boundary="=_r_{hash}"; type="text/html"

            --=_r_{hash}
            Content-Type: text/html; charset=utf-8
            Content-Transfer-Encoding: base64

            {Base64("<p>日本語 <img src=\"cid:logo\"></p>")}

            --=_r_{hash}
            Content-Type: image/png
            Content-Transfer-Encoding: base64
            Content-Disposition: inline;
             filename="logo.png"
            Content-ID: <logo>

            {Lines(logo)}

            --=_r_{hash}--

            --=_a_{hash}--

            --=_m_{hash}
            Content-Type: application/pdf
            Content-Transfer-Encoding: base64
            Content-Disposition: attachment;
             filename*=utf-8''Rechnung%20%E2%80%93%205.pdf

            {Lines(bill)}

            --=_m_{hash}--

            """.ReplaceLineEndings("\r\n");
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string Lines(byte[] content) =>
        Convert.ToBase64String(content, Base64FormattingOptions.InsertLineBreaks);
}
