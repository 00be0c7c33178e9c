using Integration.Contracts;
using Integration.Errors;
using Integration.Fixtures;
using Integration.Http;
using Integration.Soap.Tests.Wsdl;
using Integration.Soap.Wsdl;
using Integration.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.Soap.Tests;

/// <summary>Where the WSDL comes from, and what happens when it does not.</summary>
public sealed class Wsdl_documents(SoapFixture soap)
{
    private static readonly object _inputs = new
    {
        service = "target",
        operation = "GetStatus",
        input = 1,
    };

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

    [Fact]
    public async Task A_reading_that_lacks_an_import_which_was_there_does_not_replace_the_old_one()
    {
        var gone = false;
        await using var web = await ImportingAsync(context =>
            gone ? Answers.WriteAsync(context, "gone", 404, "text/plain") : Answers.WriteAsync(context, Imported)
        );
        await using var service = await StartAsync(
            $"{web.Uri}a.wsdl",
            $"--Soap:Services:target:Address={web.Uri}",
            "--Soap:WsdlRefresh=00:00:01"
        );
        (await SendAsync(service, "second")).Completed.ShouldNotBeNull();
        gone = true;
        var before = web.Requests.Count(request => request.Target == "/n.xsd");
        await Eventually.TrueAsync(async () =>
        {
            (await SendAsync(service, "second")).Completed.ShouldNotBeNull();
            return web.Requests.Count(request => request.Target == "/n.xsd") > before;
        });
        for (var i = 0; i < 5; i++)
            (await SendAsync(service, "second")).Completed.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_task_that_is_withdrawn_while_it_is_read_leaves_no_doubt()
    {
        var silence = new TaskCompletionSource();
        await using var web = await HttpTarget.StartAsync(_ => silence.Task);
        await using var service = await StartAsync($"{web.Uri}orders.wsdl");
        var request = ServiceHarness.Request("soap.call", _inputs);
        Task<TaskAnswer>? answer = null;
        await service.BeginAsync(request, coming => answer = coming);
        await Eventually.TrueAsync(() => !web.Requests.IsEmpty);
        await service.CancelAsync(request);
        var error = (await answer!).Failed.ShouldNotBeNull().Error;
        silence.SetResult();
        error.Message.ShouldContain("The test withdrew it.");
        error.Message.ShouldNotContain("may have had its effect");
    }

    [Fact]
    public async Task A_fault_of_our_own_before_anything_is_sent_leaves_no_doubt()
    {
        await using var service = await StartAsync(
            new BreakingReader(_ => throw new InvalidOperationException("broken"))
        );
        var error = (await CallAsync(service)).Errored.ShouldNotBeNull().Error;
        error.Category.ShouldBe(ErrorCategory.Internal);
        error.Code.ShouldBe(ErrorCodes.UnhandledException);
        error.Message.ShouldContain("nothing was sent: InvalidOperationException: broken");
    }

    [Fact]
    public async Task What_fails_before_anything_is_sent_is_no_doubt_about_the_call_whatever_it_says_of_its_own()
    {
        await using var service = await StartAsync(
            new BreakingReader(_ => throw new ConnectivityErrorException("timeout", "slow") { EffectUnknown = true })
        );
        var error = (await CallAsync(service)).Errored.ShouldNotBeNull().Error;
        error.Category.ShouldBe(ErrorCategory.Connectivity);
        error.Code.ShouldBe("timeout");
        error.Retryable.ShouldBeTrue();
    }

    [Fact]
    public async Task When_it_cannot_be_read_again_there_is_a_pause_whatever_the_reason()
    {
        var readings = 0;
        await using var service = await StartAsync(
            new BreakingReader(reader =>
                Interlocked.Increment(ref readings) == 1
                    ? reader.ReadAsync(new Uri(soap.Servers.OrdersFile), null, CancellationToken.None)
                    : throw new InvalidOperationException("broken")
            ),
            "--Soap:WsdlRefresh=00:00:01"
        );
        await Eventually.TrueAsync(async () =>
        {
            (await CallAsync(service)).Completed.ShouldNotBeNull();
            return Volatile.Read(ref readings) > 1;
        });
        for (var i = 0; i < 10; i++)
            await CallAsync(service);
        // One more may have begun before the failure was noted.
        readings.ShouldBeLessThan(4);
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
    public async Task The_limit_of_a_document_is_named()
    {
        await using var web = await HttpTarget.AnsweringAsync(200, new string(' ', 5_000), "text/xml");
        var error = await ErrorAsync($"{web.Uri}orders.wsdl", "--Soap:MaxWsdlBytes=2000");
        error.Message.ShouldContain("Raise Soap__MaxWsdlBytes");
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_followed_and_what_the_document_imports_is_relative_to_where_it_is(int status)
    {
        await using var web = await HttpTarget.StartAsync(context =>
        {
            if (context.Request.Path.Value!.StartsWith("/new/", StringComparison.Ordinal))
            {
                context.Request.Path = context.Request.Path.Value["/new".Length..];
                return FileAsync(context);
            }

            context.Response.StatusCode = status;
            context.Response.Headers.Location = "/new/orders.wsdl";
            return Task.CompletedTask;
        });
        await using var service = await StartAsync($"{web.Uri}old");

        (await CallAsync(service)).Completed.ShouldNotBeNull();
        web.Requests.Select(request => request.Target)
            .ShouldBe(["/old", "/new/orders.wsdl", "/new/orders.xsd"], ignoreOrder: true);
    }

    [Fact]
    public async Task The_guard_is_asked_for_the_target_of_a_redirect_too()
    {
        await using var web = await HttpTarget.StartAsync(context =>
        {
            context.Response.Redirect("http://169.254.169.254/orders.wsdl");
            return Task.CompletedTask;
        });
        var error = await ErrorAsync($"{web.Uri}orders.wsdl");
        error.Code.ShouldBe("wsdl-refused");
        error.Message.ShouldContain("169.254.169.254");
    }

    [Fact]
    public async Task Redirects_without_end_are_told()
    {
        await using var web = await HttpTarget.StartAsync(context =>
        {
            context.Response.Redirect(context.Request.Path + "/on");
            return Task.CompletedTask;
        });
        (await ErrorAsync($"{web.Uri}orders.wsdl")).Message.ShouldContain("redirects were followed already");
        web.Requests.Count.ShouldBe(6);
    }

    [Theory]
    [InlineData(true, "Authentication=ada")]
    [InlineData(true, "WsdlAuthentication=ada")]
    [InlineData(false, "Authentication=ada", "Address=http://localhost:1/")]
    public async Task The_server_of_the_WSDL_is_told_who_asks(bool isTold, params string[] settings)
    {
        await using var web = await HttpTarget.StartAsync(context =>
        {
            if (context.Request.Headers.Authorization.ToString().StartsWith("Basic ", StringComparison.Ordinal))
                return FileAsync(context);
            context.Response.StatusCode = 401;
            return Task.CompletedTask;
        });
        await using var service = await ServiceHarness.StartAsync(
            SoapFixture.Configure,
            [
                "--Egress:AllowLoopback=true",
                "--Soap:RetryDelay=00:00:00.02",
                "--Secrets:ada:Hosts=127.0.0.1",
                $"--Secrets:ada:Value={SoapFixture.Password}",
                "--Http:Authentications:ada:Type=basic",
                "--Http:Authentications:ada:UserName=ada",
                "--Http:Authentications:ada:Password={{secrets.ada}}",
                .. SoapFixture.Of("target", $"{web.Uri}orders.wsdl", settings),
            ]
        );

        var answer = await CallAsync(service);

        if (isTold)
            answer.Completed.ShouldNotBeNull(answer.Error);
        else
            answer.Errored.ShouldNotBeNull().Error.Message.ShouldContain("Set WsdlAuthentication");
    }

    [Fact]
    public async Task Somebody_else_from_whom_a_schema_is_imported_is_not_told_who_asks()
    {
        await using var other = await HttpTarget.StartAsync(FileAsync);
        await using var web = await HttpTarget.StartAsync(context =>
            Answers.WriteAsync(
                context,
                File.ReadAllText(soap.Servers.OrdersFile)
                    .Replace("orders.xsd", $"{other.Uri}orders.xsd", StringComparison.Ordinal)
            )
        );
        await using var service = await ServiceHarness.StartAsync(
            SoapFixture.Configure,
            [
                "--Egress:AllowLoopback=true",
                "--Secrets:ada:Hosts=127.0.0.1",
                $"--Secrets:ada:Value={SoapFixture.Password}",
                "--Http:Authentications:ada:Type=basic",
                "--Http:Authentications:ada:UserName=ada",
                "--Http:Authentications:ada:Password={{secrets.ada}}",
                .. SoapFixture.Of("target", $"{web.Uri}orders.wsdl", "Authentication=ada"),
            ]
        );

        await CallAsync(service);

        web.Requests.ShouldHaveSingleItem().Headers.ContainsKey("Authorization").ShouldBeTrue();
        other.Requests.ShouldHaveSingleItem().Headers.ContainsKey("Authorization").ShouldBeFalse();
    }

    [Theory]
    [InlineData(404, "text/plain", "gone", "404")]
    [InlineData(410, "text/plain", "gone", "410")]
    [InlineData(401, "text/plain", "who", "Set WsdlAuthentication")]
    [InlineData(200, "text/html", "<html><form><input type=password name=p></form></html>", "is a login page (HTML)")]
    [InlineData(200, "text/html", "<!doctype html><title>Moved</title>", "is an HTML page")]
    [InlineData(200, "text/xml", "{}", "is no XML that can be used")]
    [InlineData(302, "text/plain", "http://169.254.169.254/n.xsd", "169.254.169.254")]
    public async Task An_import_that_is_not_there_refuses_the_operations_that_need_it_and_no_others(
        int status,
        string type,
        string content,
        string reason
    )
    {
        await using var web = await ImportingAsync(context =>
        {
            if (status == 302)
                context.Response.Headers.Location = content;
            return Answers.WriteAsync(context, content, status, type);
        });
        await using var service = await StartAsync($"{web.Uri}a.wsdl", $"--Soap:Services:target:Address={web.Uri}");

        (await SendAsync(service, "send")).Completed.ShouldNotBeNull();
        var error = (await SendAsync(service, "second")).Errored.ShouldNotBeNull().Error;
        error.Category.ShouldBe(ErrorCategory.Data);
        error.Code.ShouldBe("unsupported-operation");
        error.Message.ShouldContain($"{web.Uri}n.xsd");
        error.Message.ShouldContain(reason);
        web.Requests.Count(request => request.Target == "/a.wsdl").ShouldBe(1);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(0)]
    public async Task An_import_that_cannot_be_had_now_is_tried_again_with_the_whole_WSDL(int status)
    {
        var down = true;
        await using var web = await ImportingAsync(context =>
        {
            if (!down)
                return Answers.WriteAsync(context, Imported);
            context.Response.StatusCode = status;
            if (status == 0)
                context.Abort();
            return Task.CompletedTask;
        });
        await using var service = await StartAsync($"{web.Uri}a.wsdl", $"--Soap:Services:target:Address={web.Uri}");

        var failed = await SendAsync(service, "send");
        var error = failed.Errored.ShouldNotBeNull().Error;
        error.Category.ShouldBe(ErrorCategory.Connectivity);
        error.Code.ShouldBe("wsdl-unavailable");
        error.Retryable.ShouldBeTrue();
        error.Message.ShouldContain($"{web.Uri}n.xsd");
        down = false;
        (await service.RetryAsync(failed)).Completed.ShouldNotBeNull();
        (await SendAsync(service, "second")).Completed.ShouldNotBeNull();
    }

    [Fact]
    public async Task An_import_at_whose_address_nothing_listens_is_tried_again_as_well()
    {
        await using var web = await ImportingAsync(_ => Task.CompletedTask, $"http://127.0.0.1:{FreePort.Next()}/");
        var error = await ErrorAsync($"{web.Uri}a.wsdl");
        error.Code.ShouldBe("wsdl-unavailable");
        error.Retryable.ShouldBeTrue();
    }

    private const string Imported =
        "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' targetNamespace='urn:n'><xs:element name='n' type='xs:int'/></xs:schema>";

    // A WSDL with an operation of its own and one that needs an import, and the service itself.
    private static Task<HttpTarget> ImportingAsync(Func<HttpContext, Task> import, string at = "") =>
        HttpTarget.StartAsync(context =>
            context.Request.Path.Value switch
            {
                "/a.wsdl" => Answers.WriteAsync(
                    context,
                    WsdlText.WithSecond(
                        WsdlText.Document(
                            WsdlText.Schema(
                                "<xs:element name='m' type='xs:int'/>",
                                imports: $"<xs:import namespace='urn:n' schemaLocation='{at}n.xsd'/>"
                            )
                        ),
                        "t:second",
                        "<wsdl:message name='second'><wsdl:part name='p' element='n:n' xmlns:n='urn:n'/></wsdl:message>"
                    )
                ),
                "/n.xsd" => import(context),
                _ => Answers.WriteAsync(context, Answers.Envelope("<m xmlns='urn:t'>1</m>")),
            }
        );

    private static Task<TaskAnswer> SendAsync(ServiceHarness service, string operation) =>
        service.RunAsync(
            "soap.call",
            new
            {
                service = "target",
                operation,
                input = 1,
            }
        );

    [Fact]
    public async Task A_page_to_log_in_is_told_as_such()
    {
        await using var web = await HttpTarget.AnsweringAsync(
            200,
            "<!doctype html><title>Log in</title><form method=post><input type=password name=p></form>",
            "text/html"
        );
        var error = await ErrorAsync($"{web.Uri}orders.wsdl");
        error.Category.ShouldBe(ErrorCategory.Access);
        error.Code.ShouldBe("wsdl-refused");
        error.Message.ShouldContain("is a login page (HTML)");
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

    [Fact]
    public async Task An_address_in_a_document_that_came_without_TLS_is_not_taken_for_one_that_came_with_it()
    {
        await using var plain = await HttpTarget.StartAsync(context =>
            Answers.WriteAsync(
                context,
                File.ReadAllText(soap.Servers.OrdersFile)
                    .Replace(soap.Servers.Php.AbsoluteUri, "https://evil.example.org/", StringComparison.Ordinal)
                    .Replace("orders.xsd", $"{soap.Servers.Php}orders.xsd", StringComparison.Ordinal)
            )
        );
        using var authority = new TestAuthority();
        using var certificate = authority.Issue();
        await using var web = await HttpTarget.StartAsync(
            context =>
                Answers.WriteAsync(
                    context,
                    $"""<d:definitions xmlns:d="http://schemas.xmlsoap.org/wsdl/"><d:import namespace="urn:orders" location="{plain.Uri}"/></d:definitions>"""
                ),
            certificate
        );
        var trust = $"--Egress:TrustedAuthorities={authority.PemFile}";
        var error = await ErrorAsync($"{web.Uri}orders.wsdl", trust);
        error.Code.ShouldBe("address-unusable");
        error.Message.ShouldContain($"stands in {plain.Uri}, which came without TLS");
        error.Message.ShouldContain("Set Soap__Services__target__Address");
        await using var service = await StartAsync(
            $"{web.Uri}orders.wsdl",
            trust,
            $"--Soap:Services:target:Address={soap.Servers.Php}orders"
        );
        (await CallAsync(service)).Completed.ShouldNotBeNull();
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

    private static Task<TaskAnswer> CallAsync(ServiceHarness service) => service.RunAsync("soap.call", _inputs);

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

    private Task<ServiceHarness> StartAsync(IWsdlReader reader, params string[] settings) =>
        ServiceHarness.StartAsync(
            builder =>
            {
                SoapFixture.Configure(builder);
                builder.Services.AddSingleton(reader);
            },
            ["--Egress:AllowLoopback=true", .. SoapFixture.Of("target", soap.Servers.OrdersFile), .. settings]
        );

    /// <summary>Fails in a way that no document makes the real reader fail.</summary>
    private sealed class BreakingReader(Func<IWsdlReader, Task<WsdlDescription>> read) : IWsdlReader
    {
        public Task<WsdlDescription> ReadAsync(
            Uri location,
            Authentication? authentication,
            CancellationToken cancellation
        ) => read(new WsdlReader([new FileDocuments()], new WsdlLimits()));
    }
}
