using System.Security.Cryptography.X509Certificates;
using Integration.Contracts;
using Integration.Fixtures;

namespace Integration.Soap.Tests;

public sealed class Failing_targets(SoapFixture soap)
{
    [Theory]
    [InlineData(400, ErrorCategory.Data, "refused")]
    [InlineData(401, ErrorCategory.Access, "unauthorised")]
    [InlineData(403, ErrorCategory.Access, "forbidden")]
    [InlineData(404, ErrorCategory.Data, "not-found")]
    [InlineData(413, ErrorCategory.Volumetric, "too-large")]
    [InlineData(429, ErrorCategory.Volumetric, "throttled")]
    [InlineData(500, ErrorCategory.Connectivity, "server-error")]
    [InlineData(503, ErrorCategory.Connectivity, "unavailable")]
    public async Task A_status_without_a_fault_says_what_it_says_of_any_HTTP(
        int status,
        ErrorCategory category,
        string code
    )
    {
        await using var target = await HttpTarget.AnsweringAsync(status, "<html>why</html>", "text/html");
        var error = await ErrorAsync(target.Uri, "Reads=*");
        error.Category.ShouldBe(category);
        error.Code.ShouldBe(code);
        error.Status.ShouldBe(status);
        error.Message.ShouldStartWith($"POST {target.Uri} (GetStatus) answered {status}: ");
        error.Details!.Value.GetProperty("body").GetString().ShouldBe("<html>why</html>");
    }

    [Theory]
    [InlineData(401, "unauthorised")]
    [InlineData(429, "throttled")]
    [InlineData(503, "unavailable")]
    [InlineData(500, "sender-fault")]
    [InlineData(400, "sender-fault")]
    [InlineData(200, "sender-fault")]
    public async Task A_fault_is_looked_at_unless_the_status_says_more(int status, string code)
    {
        await using var target = await FaultyAsync(status, Answers.Fault("Client", "no"));
        (await ErrorAsync(target.Uri, "Reads=*")).Code.ShouldBe(code);
    }

    [Theory]
    [InlineData("VersionMismatch", "version-mismatch")]
    [InlineData("MustUnderstand", "header-not-understood")]
    [InlineData("Client.Authentication", "sender-fault")]
    public async Task A_code_of_a_fault_decides(string fault, string code)
    {
        await using var target = await FaultyAsync(500, Answers.Fault(fault, "no"));
        var error = await ErrorAsync(target.Uri);
        error.Category.ShouldBe(ErrorCategory.Data);
        error.Code.ShouldBe(code);
    }

    [Theory]
    [InlineData(
        "http://schemas.microsoft.com/net/2005/12/windowscommunicationfoundation/dispatcher",
        "InternalServiceFault"
    )]
    [InlineData("http://xml.apache.org/axis/", "Server.generalException")]
    [InlineData("http://schemas.microsoft.com/exchange/services/2006/types", "ErrorInternalServerError")]
    [InlineData("urn:fault.partner.soap.sforce.com", "SERVER_UNAVAILABLE")]
    [InlineData("http://www.w3.org/2005/08/addressing", "EndpointUnavailable")]
    [InlineData("urn:any", "Receiver")]
    [InlineData("urn:any", "TimeoutException")]
    public async Task A_service_that_failed_says_so_with_a_code_of_its_own_and_leaves_doubt(string ns, string code)
    {
        var fault = Answers.Envelope(
            $"""<s:Fault><faultcode xmlns:a="{ns}">a:{code}</faultcode><faultstring xml:lang="en-US">no</faultstring></s:Fault>"""
        );
        await using var target = await FaultyAsync(500, fault);

        (await ErrorAsync(target.Uri)).Category.ShouldBe(ErrorCategory.InDoubt);
        (await ErrorAsync(target.Uri, "Reads=*")).Code.ShouldBe("receiver-fault");
    }

    [Theory]
    [InlineData(
        "http://schemas.microsoft.com/net/2005/12/windowscommunicationfoundation/dispatcher",
        "DeserializationFailed"
    )]
    [InlineData("http://www.w3.org/2005/08/addressing", "ActionNotSupported")]
    public async Task A_message_that_a_framework_refuses_leaves_none(string ns, string code)
    {
        var fault = Answers.Envelope($"""<s:Fault><faultcode xmlns:a="{ns}">a:{code}</faultcode></s:Fault>""");
        await using var target = await FaultyAsync(500, fault);

        var error = await ErrorAsync(target.Uri);

        error.Category.ShouldBe(ErrorCategory.Data);
        error.Code.ShouldBe("sender-fault");
    }

    [Fact]
    public async Task A_code_of_the_services_own_is_an_error_in_the_data()
    {
        await using var target = await FaultyAsync(
            500,
            Answers.Envelope(
                """<s:Fault><faultcode xmlns:a="urn:a">a:E17</faultcode><faultstring>no</faultstring></s:Fault>"""
            )
        );
        var error = await ErrorAsync(target.Uri);
        error.Code.ShouldBe("custom-fault");
        error.Details!.Value.GetProperty("code").GetString().ShouldBe("{urn:a}E17");
    }

    [Fact]
    public async Task Retry_After_reaches_error_treatment()
    {
        await using var target = await HttpTarget.StartAsync(context =>
        {
            context.Response.Headers.RetryAfter = "3600";
            return Answers.WriteAsync(context, "", 429);
        });
        var error = await ErrorAsync(target.Uri);
        error.RetryAfter.ShouldBe(3600);
        target.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Nothing_listens()
    {
        var error = await ErrorAsync(new Uri($"http://127.0.0.1:{FreePort.Next()}/"));
        error.Category.ShouldBe(ErrorCategory.Connectivity);
        error.Code.ShouldBe("connection-refused");
    }

    [Fact]
    public async Task The_guard_refuses()
    {
        var error = await ErrorAsync(new Uri("http://169.254.169.254/"));
        error.Category.ShouldBe(ErrorCategory.Access);
        error.Code.ShouldBe("egress-refused");
    }

    [Fact]
    public async Task It_resets_the_connection_in_the_middle_of_its_answer()
    {
        await using var target = TcpTarget.Start(async conversation =>
        {
            await conversation.ReadRequestAsync();
            await conversation.WriteAsync(
                "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 1000\r\n\r\n<s:Envelope xmlns:s="
            );
            conversation.Reset();
        });
        var error = await ErrorAsync(target.Uri, "Reads=*");
        error.Code.ShouldBe("connection-lost");
        error.Retryable.ShouldBeTrue();
        target.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task It_accepts_the_connection_and_says_nothing()
    {
        await using var target = TcpTarget.Start(conversation => conversation.BeSilentAsync());
        await using var service = await TargetedService.StartAsync(soap.Servers, target.Uri, "Reads=*");
        var answer = await service.CallAsync(timeouts: new { attempt = 0.2 }, retries: 1);
        var error = answer.Errored.ShouldNotBeNull().Error;
        error.Code.ShouldBe("timeout");
        target.Connections.ShouldBe(2);
    }

    [Fact]
    public async Task It_begins_its_answer_and_goes_silent()
    {
        await using var target = TcpTarget.Start(async conversation =>
        {
            await conversation.ReadRequestAsync();
            await conversation.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n<s:Envelope");
            await conversation.BeSilentAsync();
        });
        await using var service = await TargetedService.StartAsync(soap.Servers, target.Uri, "Reads=*");
        var answer = await service.CallAsync(timeouts: new { attempt = 0.3 }, retries: 0);
        answer.Errored.ShouldNotBeNull().Error.Code.ShouldBe("timeout");
    }

    [Fact]
    public async Task Its_certificate_is_of_an_authority_that_nobody_trusts()
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Issue();
        await using var target = await HttpTarget.StartAsync(_ => Task.CompletedTask, certificate);
        var error = await ErrorAsync(target.Uri);
        error.Category.ShouldBe(ErrorCategory.Access);
        error.Code.ShouldBe("certificate-refused");
        target.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task It_is_called_by_TLS_when_its_authority_is_trusted()
    {
        using var authority = new TestAuthority();
        using X509Certificate2 certificate = authority.Issue();
        await using var target = await HttpTarget.StartAsync(
            context => Answers.WriteAsync(context, Answers.Status("shipped")),
            certificate
        );
        await using var service = await TargetedService.StartAsync(
            soap.Servers,
            target.Uri,
            $"--Egress:TrustedAuthorities={authority.PemFile}"
        );
        (await service.CallAsync()).Completed.ShouldNotBeNull();
    }

    [Fact]
    public async Task It_answers_with_too_much()
    {
        await using var target = await HttpTarget.StartAsync(context =>
            Answers.WriteAsync(context, Answers.Status(new string('x', 300_000)))
        );
        var error = await ErrorAsync(target.Uri, "Reads=*");
        error.Category.ShouldBe(ErrorCategory.Volumetric);
        error.Code.ShouldBe("answer-too-large");
        error.Message.ShouldContain("196608 bytes");
    }

    private static Task<HttpTarget> FaultyAsync(int status, string fault) =>
        HttpTarget.StartAsync(context => Answers.WriteAsync(context, fault, status));

    private async Task<ErrorInfo> ErrorAsync(Uri address, params string[] settings)
    {
        await using var service = await TargetedService.StartAsync(soap.Servers, address, settings);
        return await service.ErrorAsync();
    }
}
