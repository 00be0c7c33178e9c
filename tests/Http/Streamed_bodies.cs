using System.Text;
using Integration.Errors;
using Integration.Fixtures;
using Integration.Sdk;

namespace Integration.Http.Tests;

public sealed class Streamed_bodies
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_arrives_whole_with_its_length_or_in_chunks(bool length)
    {
        await using var target = await HttpTarget.AnsweringAsync(200);
        using var outgoing = new Outgoing();
        var body = Body(new string('x', 200_000), length);
        (await outgoing.SendAsync(Call(target.Uri, Effect.Idempotent, body))).Status.ShouldBe(200);
        var request = target.Requests.ShouldHaveSingleItem();
        request.Body.ShouldBe(new string('x', 200_000));
        request.Headers.ContainsKey("Content-Length").ShouldBe(length);
        request.Headers["Content-Type"].ShouldBe("text/plain");
    }

    [Fact]
    public async Task It_is_written_again_when_the_call_is_repeated()
    {
        await using var target = TcpTarget.Start(async conversation =>
        {
            await conversation.ReadRequestAsync();
            if (conversation.Number == 1)
                conversation.Reset();
            else
                await conversation.WriteAsync(Ok);
        });
        using var outgoing = new Outgoing();
        (await outgoing.SendAsync(Call(target.Uri, Effect.Idempotent, Body("abc")))).Status.ShouldBe(200);
        target.Requests.Count.ShouldBe(2);
        target.Requests.ShouldAllBe(request => request.EndsWith("abc", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_that_can_be_read_once_only_ends_the_call_with_its_first_failure()
    {
        await using var target = TcpTarget.Start(async conversation =>
        {
            await conversation.ReadRequestAsync();
            conversation.Reset();
        });
        using var outgoing = new Outgoing();
        var body = new StreamedBody((stream, token) => stream.WriteAsync("abc"u8.ToArray(), token).AsTask())
        {
            Length = 3,
            Repeatable = false,
        };
        (await ErrorAsync(outgoing, Call(target.Uri, Effect.Idempotent, body))).Code.ShouldBe("connection-lost");
        target.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task But_it_is_tried_again_while_nobody_has_read_it()
    {
        var reads = 0;
        var body = new StreamedBody((_, _) => Task.FromResult(++reads)) { Length = 0, Repeatable = false };
        using var outgoing = new Outgoing();
        var nobody = new Uri($"http://127.0.0.1:{FreePort.Next()}/");
        var error = await ErrorAsync(outgoing, Call(nobody, Effect.Once, body));
        error.Code.ShouldBe("connection-refused");
        error.EffectUnknown.ShouldBeFalse();
        reads.ShouldBe(0);
    }

    [Fact]
    public async Task What_its_source_does_not_know_of_itself_leaves_no_doubt_while_nothing_was_sent()
    {
        await using var target = await HttpTarget.AnsweringAsync(200);
        using var outgoing = new Outgoing();
        var lost = new ConnectivityErrorException("connection-lost", "The store is away.") { EffectUnknown = true };
        var body = StreamedBody.From(_ => throw lost, 3);
        var error = await ErrorAsync(outgoing, Call(target.Uri, Effect.Once, body));
        error.Code.ShouldBe("connection-lost");
        error.EffectUnknown.ShouldBeFalse();
        target.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refusal_in_its_middle_is_in_doubt_and_says_at_which_call()
    {
        await using var target = TcpTarget.Start(async conversation => await conversation.ReadRestAsync());
        using var outgoing = new Outgoing();
        var body = new StreamedBody(
            async (stream, token) =>
            {
                await stream.WriteAsync("abc"u8.ToArray(), token);
                throw new AccessErrorException("file-store-refused", "No right.");
            }
        )
        {
            Length = 100,
        };
        var error = await ErrorAsync(outgoing, Call(target.Uri, Effect.Once, body));
        error.Code.ShouldBe("file-store-refused");
        error.Target.ShouldBe(target.Uri.Authority);
        error.EffectUnknown.ShouldBeTrue();
    }

    [Fact]
    public async Task What_fails_while_its_source_is_opened_was_not_sent()
    {
        await using var target = await HttpTarget.AnsweringAsync(200);
        using var outgoing = new Outgoing();
        var body = StreamedBody.From(_ => throw new DataErrorException("file-not-found", "Gone."), 3);
        var error = await ErrorAsync(outgoing, Call(target.Uri, Effect.Once, body));
        error.Code.ShouldBe("file-not-found");
        error.EffectUnknown.ShouldBeFalse();
        target.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_fails_in_its_middle_ends_the_request_and_leaves_a_call_of_once_in_doubt(bool length)
    {
        var ended = new TaskCompletionSource<string?>();
        await using var target = TcpTarget.Start(async conversation =>
        {
            await conversation.ReadHeadAsync();
            ended.SetResult(await conversation.ReadRestAsync());
        });
        using var outgoing = new Outgoing();
        var body = new StreamedBody(
            async (stream, token) =>
            {
                await stream.WriteAsync(new byte[100_000], token);
                await stream.FlushAsync(token);
                throw new DataErrorException("file-mismatch", "Not the file that was meant.");
            }
        )
        {
            Length = length ? 100_001 : null,
        };
        var error = await ErrorAsync(outgoing, Call(target.Uri, Effect.Once, body));
        error.Code.ShouldBe("file-mismatch");
        error.EffectUnknown.ShouldBeTrue();
        var part = await ended.Task.WaitAsync(Eventually.Patience);
        part.ShouldNotBeNull().ShouldNotEndWith("0\r\n\r\n");
        part.Count(c => c == '\0').ShouldBeLessThanOrEqualTo(100_000);
    }

    [Fact]
    public async Task A_large_one_is_not_sent_to_a_target_that_refuses_it_at_once()
    {
        var writes = 0;
        var body = new StreamedBody(
            async (stream, token) =>
            {
                writes++;
                await stream.WriteAsync(new byte[50_000_000], token);
            }
        )
        {
            Length = 50_000_000,
        };
        using var outgoing = new Outgoing();
        await using var target = TcpTarget.Start(async conversation =>
        {
            await conversation.ReadHeadAsync();
            await conversation.WriteAsync("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n");
        });
        var error = await ErrorAsync(outgoing, Call(target.Uri, Effect.Once, body));
        error.Code.ShouldBe("unauthorised");
        error.EffectUnknown.ShouldBeFalse();
        writes.ShouldBe(0);
    }

    [Fact]
    public async Task A_target_that_stops_taking_it_ends_in_a_timeout()
    {
        await using var target = TcpTarget.Start(async conversation =>
        {
            await conversation.ReadHeadAsync();
            await Task.Delay(Timeout.Infinite, conversation.Stopping);
        });
        using var outgoing = new Outgoing();
        var body = new StreamedBody(
            async (stream, token) =>
            {
                for (var i = 0; i < 1_000; i++)
                    await stream.WriteAsync(new byte[100_000], token);
            }
        );
        var limits = Outgoing.Limits with
        {
            Attempt = TimeSpan.FromSeconds(1.5),
            Transfer = TimeSpan.FromSeconds(60),
            Total = TimeSpan.FromSeconds(60),
        };
        var error = await ErrorAsync(outgoing, Call(target.Uri, Effect.Once, body, limits));
        error.Code.ShouldBe("timeout");
        error.Message.ShouldContain("neither took nor sent anything for 1.5 s");
        error.EffectUnknown.ShouldBeTrue();
    }

    private static StreamedBody Body(string text, bool length = true) =>
        new StreamedBody((stream, token) => stream.WriteAsync(Encoding.ASCII.GetBytes(text), token).AsTask())
        {
            Length = length ? text.Length : null,
            ContentType = "text/plain",
        };

    private static HttpCall Call(Uri uri, Effect effect, StreamedBody body, CallLimits? limits = null) =>
        new()
        {
            Method = HttpMethod.Post,
            Uri = uri,
            Place = uri.GetLeftPart(UriPartial.Path),
            Streamed = body,
            MayRepeat = effect != Effect.Once,
            Limits = limits ?? Outgoing.Limits,
        };

    private static Task<TaskErrorException> ErrorAsync(Outgoing outgoing, HttpCall call) =>
        Should.ThrowAsync<TaskErrorException>(() => outgoing.SendAsync(call));
}
