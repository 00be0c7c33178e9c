using System.Security.Cryptography;
using System.Text.Json;
using Integration.Contracts;
using Integration.Fixtures;
using Integration.Rest.Request;
using Integration.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.Rest.Tests;

public sealed class Failing_transfers(RestFixture rest) : IClassFixture<RestFixture>
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    [Theory]
    [InlineData("PUT", ErrorCategory.Data)]
    [InlineData("POST", ErrorCategory.InDoubt)]
    public async Task A_file_that_was_changed_never_arrives_whole(string method, ErrorCategory category)
    {
        var received = new TaskCompletionSource<string>();
        await using var target = TcpTarget.Start(async conversation =>
        {
            await conversation.ReadHeadAsync();
            received.TrySetResult(await conversation.ReadRestAsync());
        });
        var file = await rest.SaveAsync($"changed/{method}", RandomNumberGenerator.GetBytes(500_000));
        await rest.SaveAsync($"changed/{method}", RandomNumberGenerator.GetBytes(500_000));
        var answer = await UploadAsync(target.Uri, method, file);
        var error = answer.Errored.ShouldNotBeNull().Error;
        error.Category.ShouldBe(category);
        error.Message.ShouldContain("It was changed or cut after the reference was made");
        (await received.Task.WaitAsync(Eventually.Patience)).Length.ShouldBeInRange(1, 499_999);
        target.Connections.ShouldBe(1);
    }

    [Theory]
    [InlineData("PUT", null, 2)]
    [InlineData("POST", ErrorCategory.InDoubt, 1)]
    public async Task A_target_that_resets_in_the_middle_of_a_file_gets_it_again_where_that_is_safe(
        string method,
        ErrorCategory? category,
        int connections
    )
    {
        await using var target = TcpTarget.Start(async conversation =>
        {
            await conversation.ReadHeadAsync();
            if (conversation.Number == 1)
            {
                await conversation.ReadAsync(100_000);
                conversation.Reset();
                return;
            }

            await conversation.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n");
            await conversation.ReadAsync(3_000_000);
            await conversation.WriteAsync(Ok);
        });
        var file = await rest.SaveAsync($"reset/{method}", RandomNumberGenerator.GetBytes(3_000_000));
        var answer = await UploadAsync(target.Uri, method, file);
        (answer.Errored?.Error.Category).ShouldBe(category);
        (answer.Completed is not null).ShouldBe(category is null, answer.Error);
        target.Connections.ShouldBe(connections);
    }

    [Fact]
    public async Task An_answer_that_is_cut_is_fetched_again_and_nothing_of_the_first_stays()
    {
        await using var target = TcpTarget.Start(async conversation =>
        {
            await conversation.ReadRequestAsync();
            await conversation.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 200000\r\n\r\n");
            await conversation.WriteAsync(new byte[100_000]);
            if (conversation.Number == 1)
                conversation.Reset();
            else
                await conversation.WriteAsync(new byte[100_000]);
        });
        var before = rest.Files;
        var answer = await DownloadAsync(target.Uri);
        answer.Outputs<RequestOperation.Output>().File.ShouldNotBeNull().Size.ShouldBe(200_000);
        target.Connections.ShouldBe(2);
        rest.Files.ShouldBe(before + 1);
    }

    [Theory]
    [InlineData("GET", ErrorCategory.Connectivity, "connection-lost", 3)]
    [InlineData("POST", ErrorCategory.InDoubt, "outcome-unknown", 1)]
    public async Task An_answer_that_is_always_cut_is_told_and_leaves_nothing(
        string method,
        ErrorCategory category,
        string code,
        int requests
    )
    {
        await using var target = TcpTarget.Start(async conversation =>
        {
            await conversation.ReadRequestAsync();
            await conversation.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 200000\r\n\r\n");
            await conversation.WriteAsync(new byte[100_000]);
        });
        var before = rest.Files;
        var error = (await DownloadAsync(target.Uri, method)).Errored.ShouldNotBeNull().Error;
        error.Category.ShouldBe(category);
        error.Code.ShouldBe(code);
        target.Requests.Count.ShouldBe(requests);
        rest.Files.ShouldBe(before);
    }

    [Fact]
    public async Task A_transfer_may_be_slow_but_not_silent()
    {
        await using var target = TcpTarget.Start(async conversation =>
        {
            await conversation.ReadRequestAsync();
            await conversation.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n");
            for (var i = 0; i < 10; i++)
            {
                await Task.Delay(150, conversation.Stopping);
                await conversation.WriteAsync("x");
            }

            await conversation.BeSilentAsync();
        });
        var answer = await DownloadAsync(target.Uri, "GET", """{"attempt":1,"transfer":60}""");
        var error = answer.Errored.ShouldNotBeNull().Error;
        error.Code.ShouldBe("timeout");
        error.Message.ShouldContain("neither took nor sent anything for 1 s");
    }

    [Theory]
    [InlineData("GET", ErrorCategory.Volumetric, "file-too-large")]
    [InlineData("POST", ErrorCategory.InDoubt, "outcome-unknown")]
    public async Task An_answer_that_the_store_does_not_take_is_told_and_a_call_of_once_is_in_doubt(
        string method,
        ErrorCategory category,
        string code
    )
    {
        await using var target = await HttpTarget.AnsweringAsync(200, new string('x', 100_000));
        using var folder = new TemporaryFolder("small");
        await using var service = await StartAsync(folder, "--Files:MaxBytes=50000");
        var answer = await service.RunAsync(
            "rest.request",
            new
            {
                url = target.Uri,
                method,
                answer = new { store = "documents" },
            }
        );
        var error = answer.Errored.ShouldNotBeNull().Error;
        error.Category.ShouldBe(category);
        error.Code.ShouldBe(code);
        error.Message.ShouldContain("Files__MaxBytes");
        target.Requests.Count.ShouldBe(1);
        Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("GET", ErrorCategory.Connectivity, 3)]
    [InlineData("POST", ErrorCategory.InDoubt, 1)]
    public async Task A_store_that_is_broken_is_told_and_a_call_of_once_is_not_made_twice_for_it(
        string method,
        ErrorCategory category,
        int requests
    )
    {
        await using var target = await HttpTarget.AnsweringAsync(200, "x");
        using var folder = new TemporaryFolder("broken");
        await File.WriteAllTextAsync(folder.Combine(".unfinished"), "In the way.");
        await using var service = await StartAsync(folder, "--Rest:RetryDelay=00:00:00.02");
        var answer = await service.RunAsync(
            "rest.request",
            new
            {
                url = target.Uri,
                method,
                answer = new { store = "documents" },
            }
        );
        var error = answer.Errored.ShouldNotBeNull().Error;
        error.Category.ShouldBe(category);
        error.Message.ShouldContain("could not write to the folder of the file store 'documents'");
        target.Requests.Count.ShouldBe(requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Withdrawing_a_task_ends_its_transfer(bool upload)
    {
        var begun = new TaskCompletionSource();
        var ended = new TaskCompletionSource();
        await using var target = TcpTarget.Start(async conversation =>
        {
            await conversation.ReadHeadAsync();
            if (!upload)
                await conversation.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 200000\r\n\r\nx");
            begun.SetResult();
            await conversation.ReadRestAsync();
            ended.SetResult();
        });
        var file = await rest.SaveAsync("withdrawn", RandomNumberGenerator.GetBytes(50_000_000));
        var before = rest.Files;
        var request = ServiceHarness.Request(
            "rest.request",
            upload
                ? new
                {
                    url = target.Uri,
                    method = "PUT",
                    file,
                }
                : new { url = target.Uri, answer = new { store = "documents" } }
        );
        Task<TaskAnswer> answer = null!;
        await rest.Service.BeginAsync(request, task => answer = task);
        await begun.Task.WaitAsync(Eventually.Patience);
        await rest.Service.CancelAsync(request);
        await ended.Task.WaitAsync(Eventually.Patience);
        (await answer).Completed.ShouldBeNull();
        rest.Files.ShouldBe(before);
    }

    private Task<TaskAnswer> UploadAsync(Uri url, string method, FileReference file) =>
        rest.CallAsync($$$"""{"method":"{{{method}}}","file":{{{JsonSerializer.Serialize(file)}}}}""", url);

    private Task<TaskAnswer> DownloadAsync(Uri url, string method = "GET", string timeouts = "{}") =>
        rest.CallAsync(
            $$$"""{"method":"{{{method}}}","timeouts":{{{timeouts}}},"retries":2,"answer":{"store":"documents"}}""",
            url
        );

    private static Task<ServiceHarness> StartAsync(TemporaryFolder folder, string setting) =>
        ServiceHarness.StartAsync(
            builder =>
            {
                builder.AddRest();
                builder.Services.AddSingleton(TimeProvider.System);
            },
            "--Egress:AllowLoopback=true",
            "--Files:Stores:documents:Kind=Folder",
            $"--Files:Stores:documents:Path={folder.Path}",
            setting
        );
}
