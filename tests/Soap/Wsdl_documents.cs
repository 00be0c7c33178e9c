using Integration.Contracts;
using Integration.Fixtures;
using Integration.Testing;
using Microsoft.AspNetCore.Http;

namespace Integration.Soap.Tests;

/// <summary>Where the WSDL comes from, and what happens when it does not.</summary>
public sealed class Wsdl_documents(SoapFixture soap)
{
    [Fact]
    public async Task A_WSDL_that_cannot_be_had_is_no_doubt_about_a_call_and_is_read_when_it_is_back()
    {
        var down = true;
        await using var web = await WebAsync(() => down);
        await using var service = await StartAsync($"{web.Uri}orders.wsdl");
        var failed = await CallAsync(service);
        var error = failed.Errored.ShouldNotBeNull().Error;
        error.Category.ShouldBe(ErrorCategory.Connectivity);
        error.Code.ShouldBe("wsdl-unavailable");
        error.Retryable.ShouldBeTrue();
        error.Message.ShouldContain($"{web.Uri}orders.wsdl");
        down = false;
        (await service.RetryAsync(failed)).Completed.ShouldNotBeNull();
    }

    [Fact]
    public async Task It_is_read_once_for_many_calls_that_begin_together()
    {
        await using var web = await WebAsync(() => false);
        await using var service = await StartAsync($"{web.Uri}orders.wsdl");
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => CallAsync(service)));
        answers.ShouldAllBe(answer => answer.Completed != null);
        web.Requests.Count(request => request.Target == "/orders.wsdl").ShouldBe(1);
        web.Requests.Count(request => request.Target == "/orders.xsd").ShouldBe(1);
    }

    [Fact]
    public async Task It_is_read_again_after_a_while_and_the_old_one_is_used_when_that_fails()
    {
        var down = false;
        await using var web = await WebAsync(() => down);
        await using var service = await StartAsync($"{web.Uri}orders.wsdl", "--Soap:WsdlRefresh=00:00:01");
        (await CallAsync(service)).Completed.ShouldNotBeNull();
        down = true;
        var before = web.Requests.Count;
        await Eventually.TrueAsync(async () =>
        {
            (await CallAsync(service)).Completed.ShouldNotBeNull();
            return web.Requests.Count > before;
        });
        (await CallAsync(service)).Completed.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(404, ErrorCategory.Data, "wsdl-unusable")]
    [InlineData(401, ErrorCategory.Access, "wsdl-refused")]
    [InlineData(429, ErrorCategory.Connectivity, "wsdl-unavailable")]
    public async Task The_status_of_its_server_decides(int status, ErrorCategory category, string code)
    {
        await using var web = await HttpTarget.AnsweringAsync(status);
        var error = await ErrorAsync($"{web.Uri}orders.wsdl");
        error.Category.ShouldBe(category);
        error.Code.ShouldBe(code);
    }

    [Fact]
    public async Task The_guard_is_asked_for_documents_too()
    {
        var error = await ErrorAsync("http://169.254.169.254/orders.wsdl");
        error.Category.ShouldBe(ErrorCategory.Access);
        error.Code.ShouldBe("wsdl-refused");
    }

    [Fact]
    public async Task A_document_that_is_too_large_is_refused()
    {
        await using var web = await HttpTarget.AnsweringAsync(200, new string(' ', 5_000), "text/xml");
        var error = await ErrorAsync($"{web.Uri}orders.wsdl", "--Soap:MaxWsdlBytes=2000");
        error.Code.ShouldBe("wsdl-unusable");
        error.Message.ShouldContain("2000 bytes");
    }

    [Fact]
    public async Task Its_secrets_do_not_leave_TLS_because_a_document_says_so()
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Issue();
        await using var web = await HttpTarget.StartAsync(FileAsync, certificate);
        var error = await ErrorAsync($"{web.Uri}orders.wsdl", $"--Egress:TrustedAuthorities={authority.PemFile}");
        error.Code.ShouldBe("address-unusable");
        error.Message.ShouldContain("Set Soap__Services__target__Address");
    }

    private Task<HttpTarget> WebAsync(Func<bool> isDown) =>
        HttpTarget.StartAsync(context =>
        {
            if (!isDown())
                return FileAsync(context);
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        });

    private Task FileAsync(HttpContext context) =>
        Answers.WriteAsync(
            context,
            File.ReadAllText(
                Path.Combine(
                    Path.GetDirectoryName(soap.Servers.OrdersFile)!,
                    context.Request.Path.Value!.TrimStart('/')
                )
            )
        );

    private static Task<TaskAnswer> CallAsync(ServiceHarness service) =>
        service.RunAsync(
            "soap.call",
            new
            {
                service = "target",
                operation = "GetStatus",
                input = 1,
            }
        );

    private static async Task<ErrorInfo> ErrorAsync(string wsdl, params string[] settings)
    {
        await using var service = await StartAsync(wsdl, settings);
        return (await CallAsync(service)).Errored.ShouldNotBeNull().Error;
    }

    private static Task<ServiceHarness> StartAsync(string wsdl, params string[] settings) =>
        ServiceHarness.StartAsync(
            SoapFixture.Configure,
            [
                "--Egress:AllowLoopback=true",
                "--Soap:RetryDelay=00:00:00.02",
                .. SoapFixture.Of("target", wsdl),
                .. settings,
            ]
        );
}
