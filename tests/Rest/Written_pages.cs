using System.Text;
using Integration.Contracts;
using Integration.Fixtures;
using Integration.Sdk;
using Integration.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.Rest.Tests;

/// <summary>The pages that are written from the code; their examples run against a target in the place of <c>https://api.example.org/</c>.</summary>
public sealed class Written_pages() : ReferencePages("tests/Rest", args => RestService.Create(args))
{
    private static readonly Dictionary<string, Scene> _scenes = new(StringComparer.Ordinal)
    {
        ["Look up the orders of a customer"] = new(
            "GET /customers/ACME%2FNorth/orders?state=open&state=late&limit=2",
            "",
            200,
            "application/json",
            """{"orders":[{"id":17},{"id":18}]}"""
        ),
        ["Create an order, safely"] = new(
            "POST /orders",
            """{"article":"A-17","count":2}""",
            201,
            "application/json",
            """{"id":4711}""",
            "/orders/4711"
        ),
        ["Send a form"] = new(
            "POST /newsletter",
            "mail=ada%40example.org&topic=offers&topic=events",
            200,
            "text/html; charset=utf-8",
            "<p>Thank you.</p>"
        ),
        ["Upload a document"] = new(
            "POST /applications/17/documents",
            "The contract CR-17.\n",
            200,
            "application/json",
            """{"pages":3}"""
        ),
        ["Download a report into a file store"] = new(
            "GET /reports/2026-11.csv",
            "",
            200,
            "text/csv",
            "id;total\n17;9.90\n"
        ),
        ["Read an answer in XML"] = new(
            "GET /rates.xml",
            "",
            200,
            "application/xml",
            """<rates state="current"><rate currency="USD">1.1</rate></rates>"""
        ),
    };

    protected override async Task<IReadOnlyList<string>> RunAsync(
        OperationDescription operation,
        OperationExample example
    )
    {
        var scene = _scenes[example.Title];
        await using var target = await HttpTarget.StartAsync(context =>
        {
            context.Response.StatusCode = scene.Status;
            context.Response.ContentType = scene.ContentType;
            context.Response.Headers.Location = scene.Location;
            var body = Encoding.UTF8.GetBytes(scene.Answer);
            return context.Response.Body.WriteAsync(body, 0, body.Length);
        });
        using var folder = new TemporaryFolder("examples");
        Directory.CreateDirectory(folder.Combine("2026"));
        await File.WriteAllTextAsync(folder.Combine("2026/CR-17.pdf"), "The contract CR-17.\n");
        await using var service = await StartAsync(folder);

        var differences = await ExampleRun.RunAsync(
            service,
            operation,
            example,
            text => text.Replace("https://api.example.org/", $"{target.Uri}", StringComparison.Ordinal)
        );

        var sent = target.Requests.ShouldHaveSingleItem(example.Title);
        $"{sent.Method} {sent.Target}".ShouldBe(scene.Request);
        sent.Body.ShouldContain(scene.Sent);
        return differences;
    }

    private static Task<ServiceHarness> StartAsync(TemporaryFolder folder) =>
        ServiceHarness.StartAsync(
            builder =>
            {
                builder.AddRest();
                builder.Services.AddSingleton(TimeProvider.System);
            },
            "--Egress:AllowLoopback=true",
            "--Secrets:SHOP_TOKEN:Value=s3cret-token",
            "--Secrets:SHOP_TOKEN:Hosts=127.0.0.1",
            "--Files:Stores:documents:Kind=Folder",
            $"--Files:Stores:documents:Path={folder.Path}"
        );

    private sealed record Scene(
        string Request,
        string Sent,
        int Status,
        string ContentType,
        string Answer,
        string? Location = null
    );
}
