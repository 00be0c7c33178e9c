using Integration.Errors;
using Integration.Fixtures;
using Integration.Sdk;

namespace Integration.Http.Tests;

public sealed class Streamed_answers
{
    [Fact]
    public async Task An_answer_is_read_while_it_arrives()
    {
        await using var target = TcpTarget.Start(async conversation =>
        {
            await conversation.ReadRequestAsync();
            await conversation.WriteAsync(
                "HTTP/1.1 206 OK\r\nContent-Type: text/plain; charset=ascii\r\nContent-Length: 2\r\n\r\na"
            );
            await conversation.ReadRequestAsync();
        });
        using var outgoing = new Outgoing();
        // Its second byte never comes, and the first one is there nevertheless.
        var first = await outgoing.SendAsync(
            Call(target.Uri),
            async (answer, token) =>
            {
                answer.Status.ShouldBe(206);
                answer.MediaType.ShouldBe("text/plain");
                answer.Charset.ShouldBe("ascii");
                answer.Length.ShouldBe(2);
                await using var body = await answer.OpenAsync(token);
                return await body.ReadAsync(new byte[10], token);
            }
        );
        first.ShouldBe(1);
    }

    [Fact]
    public async Task A_lost_connection_is_a_reason_to_read_again_from_the_start()
    {
        await using var target = TcpTarget.Start(async conversation =>
        {
            await conversation.ReadRequestAsync();
            await conversation.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nab");
            if (conversation.Number == 1)
                conversation.Reset();
            else
                await conversation.WriteAsync("cd");
        });
        using var outgoing = new Outgoing();
        (await outgoing.SendAsync(Call(target.Uri), ReadAsync)).ShouldBe("abcd");
        target.Requests.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(Effect.Once, null, true, 1)]
    [InlineData(Effect.Once, 503, true, 1)]
    [InlineData(Effect.Once, 200, true, 1)]
    [InlineData(Effect.Idempotent, null, false, 3)]
    [InlineData(Effect.Idempotent, 503, false, 3)]
    public async Task What_fails_with_an_answer_in_hand_is_in_doubt_for_once_and_repeated_otherwise(
        Effect effect,
        int? status,
        bool unknown,
        int requests
    )
    {
        await using var target = await HttpTarget.AnsweringAsync(200, "abc");
        using var outgoing = new Outgoing();
        var error = await Should.ThrowAsync<ConnectivityErrorException>(() =>
            outgoing.SendAsync<string>(
                Call(target.Uri, effect),
                (_, _) =>
                    throw new ConnectivityErrorException("file-store-unavailable", "Full.")
                    {
                        Status = status,
                        Target = "store.example:443",
                    }
            )
        );
        error.Code.ShouldBe("file-store-unavailable");
        error.EffectUnknown.ShouldBe(unknown);
        target.Requests.Count.ShouldBe(requests);
    }

    [Fact]
    public async Task What_a_store_tells_of_its_own_time_is_in_doubt_for_once_too()
    {
        await using var target = await HttpTarget.AnsweringAsync(200, "abc");
        using var outgoing = new Outgoing();
        var error = await Should.ThrowAsync<ConnectivityErrorException>(() =>
            outgoing.SendAsync<string>(
                Call(target.Uri, Effect.Once),
                (_, _) => throw new ConnectivityErrorException("timeout", "Slow.", new TaskCanceledException())
            )
        );
        error.Code.ShouldBe("timeout");
        error.EffectUnknown.ShouldBeTrue();
        target.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_body_that_is_longer_than_its_limit_is_not_read_to_its_end()
    {
        await using var target = TcpTarget.Start(async conversation =>
        {
            await conversation.ReadRequestAsync();
            await conversation.WriteAsync("HTTP/1.1 200 OK\r\n\r\n");
            while (true)
                await conversation.WriteAsync(new byte[65536]);
        });
        using var outgoing = new Outgoing();
        var limits = Outgoing.Limits with { MaxStreamedBytes = 1_000_000 };
        var error = await Should.ThrowAsync<VolumetricErrorException>(() =>
            outgoing.SendAsync(Call(target.Uri, limits: limits), ReadAsync)
        );
        error.Code.ShouldBe("answer-too-large");
        error.Message.ShouldContain("1000000 bytes");
    }

    [Fact]
    public async Task A_slow_answer_may_take_longer_than_an_attempt_while_it_moves()
    {
        await using var target = Trickling(parts: 20);
        using var outgoing = new Outgoing();
        var limits = Transfer(attempt: 1, transfer: 60);
        (await outgoing.SendAsync(Call(target.Uri, limits: limits), ReadAsync)).Length.ShouldBe(20);
        target.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(0.5, 60, "neither took nor sent anything for 0.5 s")]
    [InlineData(20, 1, "was not done within 1 s")]
    public async Task It_ends_in_a_timeout_when_nothing_moves_and_when_it_takes_too_long_altogether(
        double attempt,
        double transfer,
        string expected
    )
    {
        await using var target = Trickling(parts: 2, thenSilent: true);
        using var outgoing = new Outgoing();
        var error = await Should.ThrowAsync<ConnectivityErrorException>(() =>
            outgoing.SendAsync(Call(target.Uri, limits: Transfer(attempt, transfer)), ReadAsync)
        );
        error.Code.ShouldBe("timeout");
        error.Message.ShouldContain(expected);
    }

    private static TcpTarget Trickling(int parts, bool thenSilent = false) =>
        TcpTarget.Start(async conversation =>
        {
            await conversation.ReadRequestAsync();
            await conversation.WriteAsync("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
            for (var i = 0; i < parts; i++)
            {
                await Task.Delay(100, conversation.Stopping);
                await conversation.WriteAsync("x");
            }

            if (thenSilent)
                await conversation.BeSilentAsync();
        });

    private static CallLimits Transfer(double attempt, double transfer) =>
        Outgoing.Limits with
        {
            Attempt = TimeSpan.FromSeconds(attempt),
            Transfer = TimeSpan.FromSeconds(transfer),
            Total = TimeSpan.FromSeconds(60),
            Retries = 0,
        };

    private static HttpCall Call(Uri uri, Effect effect = Effect.Read, CallLimits? limits = null) =>
        new()
        {
            Method = HttpMethod.Post,
            Uri = uri,
            Place = uri.GetLeftPart(UriPartial.Path),
            MayRepeat = effect != Effect.Once,
            Limits = limits ?? Outgoing.Limits,
        };

    private static async Task<string> ReadAsync(StreamedAnswer answer, CancellationToken cancellation)
    {
        await using var body = await answer.OpenAsync(cancellation);
        using var reader = new StreamReader(body);
        return await reader.ReadToEndAsync(cancellation);
    }
}
