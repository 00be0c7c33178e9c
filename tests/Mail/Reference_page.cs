using Integration.Contracts;
using Integration.Fixtures;
using Integration.Sdk;
using Integration.Testing;

namespace Integration.Mail.Tests;

public sealed class Reference_page(MailFixture mail)
    : ReferencePages("tests/Mail", args => MailService.Create(args)),
        IClassFixture<MailFixture>
{
    protected override Task<IReadOnlyList<string>> RunAsync(OperationDescription operation, OperationExample example) =>
        ExampleRun.RunAsync(mail.Service, operation, example);

    [Fact]
    public async Task Its_example_arrives_as_its_remark_says()
    {
        var example = OperationDescription.Of(typeof(Send.SendOperation)).Examples[0];
        await using var server = await SmtpDouble.StartAsync();
        await using var service = await server.ServiceAsync("--Mail:Accounts:default:From=shop@example.org");

        (
            await ExampleRun.RunAsync(service, OperationDescription.Of(typeof(Send.SendOperation)), example)
        ).ShouldBeEmpty();

        var sent = await ParsedMail.ReadAsync(server.Messages.ShouldHaveSingleItem());
        sent["Subject"].ShouldBe("Your order 17");
        sent.Body.Parts[0].Text.ReplaceLineEndings("\n").ShouldBe("Dear Ada & Co.,\n2 × Lamp\n");
        sent.Body.Parts[1].Text.ShouldBe("<p>Dear Ada &amp; Co.,</p><ul><li>2 × Lamp</li></ul>");
    }
}
