using System.IO.Compression;
using Integration.Errors;
using Integration.Fixtures;
using Microsoft.AspNetCore.Http;

namespace Integration.Http.Tests;

public sealed class Answers
{
    [Fact]
    public async Task An_endless_body_is_read_up_to_the_limit_and_no_further()
    {
        var written = 0L;
        await using var target = TcpTarget.Start(async conversation =>
        {
            await conversation.ReadRequestAsync();
            await conversation.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n");
            var block = new byte[64 * 1024];
            while (true)
            {
                await conversation.WriteAsync(block);
                written += block.Length;
            }
        });
        using var outgoing = new Outgoing();
        var answer = await outgoing.GetAsync(target.Uri, Outgoing.Limits with { MaxAnswerBytes = 100_000 });
        answer.IsComplete.ShouldBeFalse();
        answer.Body.Length.ShouldBe(100_000);
        // What the system buffers, and what a closing connection drains, is far below what an endless body brings.
        written.ShouldBeLessThan(32 * 1024 * 1024);
    }

    [Fact]
    public async Task A_small_compressed_body_that_unpacks_to_a_large_one_meets_the_limit()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            var zeros = new byte[1024 * 1024];
            for (var i = 0; i < 50; i++)
                await gzip.WriteAsync(zeros);
        }

        await using var target = await HttpTarget.StartAsync(context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            return context.Response.Body.WriteAsync(packed.GetBuffer(), 0, (int)packed.Length);
        });
        using var outgoing = new Outgoing();
        var answer = await outgoing.GetAsync(target.Uri);
        answer.IsComplete.ShouldBeFalse();
        answer.Body.Length.ShouldBe(Outgoing.Limits.MaxAnswerBytes);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(99_999, true)]
    [InlineData(100_000, true)]
    [InlineData(100_001, false)]
    public async Task The_limit_is_exact(int length, bool complete)
    {
        await using var target = await HttpTarget.AnsweringAsync(200, new string('x', length), "text/plain");
        using var outgoing = new Outgoing();
        var answer = await outgoing.GetAsync(target.Uri, Outgoing.Limits with { MaxAnswerBytes = 100_000 });
        answer.IsComplete.ShouldBe(complete);
        answer.Body.Length.ShouldBe(Math.Min(length, 100_000));
    }

    [Fact]
    public async Task A_failure_with_an_endless_body_is_still_that_failure()
    {
        await using var target = TcpTarget.Start(async conversation =>
        {
            await conversation.ReadRequestAsync();
            await conversation.WriteAsync("HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\n\r\n");
            while (true)
                await conversation.WriteAsync("There is no such thing here. ");
        });
        using var outgoing = new Outgoing();
        var error = await Should.ThrowAsync<DataErrorException>(() => outgoing.GetAsync(target.Uri));
        error.Code.ShouldBe("not-found");
        error.Details!.Value.GetProperty("body").GetString()!.Length.ShouldBe(2048);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(15)]
    [InlineData(16)]
    public async Task A_secret_that_a_failure_repeats_is_not_told_in_part_where_the_excerpt_ends(int inside)
    {
        const string Secret = "s3cret/value+017";
        var before = new string('x', 2048 - inside);
        await using var target = await HttpTarget.AnsweringAsync(400, $"{before}{Secret} and more", "text/plain");
        using var outgoing = new Outgoing();
        outgoing.Mask.Add(Secret);
        var error = await Should.ThrowAsync<DataErrorException>(() => outgoing.GetAsync(target.Uri));
        error.Details!.Value.GetProperty("body").GetString().ShouldBe(before);
    }

    [Fact]
    public async Task Nor_where_the_limit_of_an_answer_ends()
    {
        await using var target = await HttpTarget.AnsweringAsync(400, "You sent s\u00E9cret-value-017", "text/plain");
        using var outgoing = new Outgoing();
        outgoing.Mask.Add("s\u00E9cret-value-017");
        // In the middle of a letter.
        var limits = Outgoing.Limits with
        {
            MaxAnswerBytes = 11,
        };
        var error = await Should.ThrowAsync<DataErrorException>(() => outgoing.GetAsync(target.Uri, limits));
        error.Details!.Value.GetProperty("body").GetString().ShouldBe("You sent ");
    }

    [Fact]
    public async Task Broken_compression_is_a_malformed_answer()
    {
        await using var target = await HttpTarget.StartAsync(context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            return context.Response.WriteAsync("this is no gzip at all");
        });
        using var outgoing = new Outgoing();
        (await Should.ThrowAsync<DataErrorException>(() => outgoing.GetAsync(target.Uri))).Code.ShouldBe(
            "malformed-answer"
        );
    }

    [Fact]
    public async Task What_is_no_HTTP_is_a_malformed_answer()
    {
        await using var target = TcpTarget.Answering("SSH-2.0-OpenSSH_9.2\r\n");
        using var outgoing = new Outgoing();
        var error = await Should.ThrowAsync<DataErrorException>(() => outgoing.GetAsync(target.Uri));
        error.Code.ShouldBe("malformed-answer");
        error.Message.ShouldContain("is no valid HTTP");
    }

    [Fact]
    public async Task Headers_without_end_are_too_large()
    {
        await using var target = TcpTarget.Start(async conversation =>
        {
            await conversation.ReadRequestAsync();
            await conversation.WriteAsync("HTTP/1.1 200 OK\r\n");
            for (var i = 0; ; i++)
                await conversation.WriteAsync($"X-{i}: {new string('x', 1000)}\r\n");
        });
        using var outgoing = new Outgoing();
        (await Should.ThrowAsync<VolumetricErrorException>(() => outgoing.GetAsync(target.Uri))).Code.ShouldBe(
            "answer-too-large"
        );
    }
}
