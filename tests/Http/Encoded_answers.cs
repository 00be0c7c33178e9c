using System.Text;
using Integration.Errors;
using Integration.Fixtures;

namespace Integration.Http.Tests;

public sealed class Encoded_answers
{
    private static readonly byte[] _content = Encoding.UTF8.GetBytes(
        string.Concat(Enumerable.Range(0, 300).Select(n => $"{n};{n * n % 97};ä\n"))
    );

    public static TheoryData<string> Ways => [.. PackedContent.Ways];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task What_was_packed_is_unpacked_and_neither_its_length_nor_its_coding_shown(string way)
    {
        var answer = await GetAsync(PackedContent.Pack(_content, way), PackedContent.HeaderOf(way));
        answer.Body.ToArray().ShouldBe(_content);
        answer.Headers.Keys.ShouldNotContain("content-encoding");
        answer.Headers.Keys.ShouldNotContain("content-length");
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_packed_answer_that_ends_early_is_no_answer_wherever_it_ends(string way)
    {
        var packed = PackedContent.Pack(_content, way);
        // What stands behind the final block may be missing.
        var trailer = way switch
        {
            "gzip" or "x-gzip" or "gzip in members" => 8,
            "deflate" => 4,
            "deflate, gzip" => 8,
            _ => 0,
        };
        var cuts = new[] { 1, 2, 9, 11, packed.Length / 3, packed.Length * 2 / 3, packed.Length - trailer - 1 };
        await using var target = Answering(packed, PackedContent.HeaderOf(way), cuts);
        using var outgoing = new Outgoing();
        foreach (var cut in cuts)
        {
            var error = await Should.ThrowAsync<DataErrorException>(() => outgoing.GetAsync(target.Uri), $"{cut}");
            error.Code.ShouldBe("malformed-answer");
            error.Message.ShouldContain("the answer says that it is packed with");
        }
    }

    [Theory]
    [InlineData("gzip", 8)]
    [InlineData("gzip", 3)]
    [InlineData("deflate", 4)]
    public async Task A_checksum_that_is_left_away_is_not_missed(string way, int bytes)
    {
        var answer = await GetAsync(PackedContent.Pack(_content, way)[..^bytes], way);
        answer.Body.ToArray().ShouldBe(_content);
    }

    [Theory]
    [InlineData("gzip", "its checksum is another one")]
    [InlineData("deflate", "its checksum is another one")]
    public async Task A_checksum_that_does_not_fit_is_told(string way, string problem)
    {
        var packed = PackedContent.Pack(_content, way);
        packed[way == "gzip" ? ^6 : ^2] ^= 1;
        (await ErrorAsync(packed, way)).Message.ShouldContain(problem);
    }

    [Theory]
    [InlineData("gzip", "x")]
    [InlineData("gzip", "\u001f\u008b\u0009")]
    [InlineData("deflate", "x")]
    [InlineData("deflate bare", "x")]
    [InlineData("br", "\0")]
    public async Task What_follows_the_end_of_a_packed_answer_belongs_to_nothing(string way, string more)
    {
        byte[] packed = [.. PackedContent.Pack(_content, way), .. Encoding.Latin1.GetBytes(more)];
        (await ErrorAsync(packed, PackedContent.HeaderOf(way))).Message.ShouldContain("packed with");
    }

    [Fact]
    public async Task Zeros_behind_gzip_are_padding() =>
        (await GetAsync([.. PackedContent.Pack(_content, "gzip"), 0, 0, 0], "gzip")).Body.ToArray().ShouldBe(_content);

    [Fact]
    public async Task A_head_with_all_that_may_stand_in_it_is_passed_over()
    {
        var plain = PackedContent.Pack(_content, "gzip");
        byte[] head =
        [
            .. plain[..3],
            0x1E,
            .. plain[4..10],
            .. (byte[])[3, 0, 1, 2, 3],
            .. "name\0"u8,
            .. "comment\0"u8,
            .. (byte[])[7, 7],
        ];
        (await GetAsync([.. head, .. plain[10..]], "gzip")).Body.ToArray().ShouldBe(_content);
    }

    [Theory]
    [InlineData("zstd")]
    [InlineData("compress")]
    [InlineData("gzip, nonsense")]
    [InlineData("gzip, gzip, gzip, gzip, gzip")]
    public async Task An_encoding_that_cannot_be_undone_is_named(string coding)
    {
        var message = (await ErrorAsync(_content, coding)).Message;
        message.ShouldContain(
            coding.StartsWith("gzip, gzip", StringComparison.Ordinal) ? "5 times" : $"'{coding.Split(", ")[^1]}'"
        );
    }

    [Theory]
    [InlineData("identity")]
    [InlineData("IDENTITY, none")]
    [InlineData("")]
    [InlineData("utf-8")]
    public async Task Names_of_nothing_are_passed_over(string coding) =>
        (await GetAsync(_content, coding)).Body.ToArray().ShouldBe(_content);

    [Fact]
    public async Task An_answer_without_a_body_has_none_whatever_it_says_of_its_encoding() =>
        (await GetAsync([], "gzip")).Body.IsEmpty.ShouldBeTrue();

    [Fact]
    public async Task A_transfer_coding_is_undone_as_well()
    {
        await using var target = TcpTarget.Start(async conversation =>
        {
            await conversation.ReadRequestAsync();
            var packed = PackedContent.Pack(_content, "gzip");
            await conversation.WriteAsync(
                $"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n{packed.Length:x}\r\n"
            );
            await conversation.WriteAsync(packed);
            await conversation.WriteAsync("\r\n0\r\n\r\n");
        });
        using var outgoing = new Outgoing();
        (await outgoing.GetAsync(target.Uri)).Body.ToArray().ShouldBe(_content);
    }

    [Fact]
    public async Task A_packed_answer_that_ends_by_closing_too_early_was_lost_on_the_way()
    {
        var packed = PackedContent.Pack(_content, "gzip");
        await using var target = TcpTarget.Start(async conversation =>
        {
            await conversation.ReadRequestAsync();
            await conversation.WriteAsync("HTTP/1.0 200 OK\r\nContent-Encoding: gzip\r\n\r\n");
            await conversation.WriteAsync(conversation.Number < 3 ? packed.AsMemory(0, 200) : packed);
        });
        using var outgoing = new Outgoing();
        (await outgoing.GetAsync(target.Uri)).Body.ToArray().ShouldBe(_content);
        target.Requests.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    [InlineData("gzip, br")]
    public async Task The_limit_is_about_what_is_unpacked(string way)
    {
        var packed = PackedContent.Pack(new byte[20_000_000], way);
        await using var target = Answering(packed, way, [packed.Length]);
        using var outgoing = new Outgoing();
        var answer = await outgoing.GetAsync(target.Uri);
        answer.IsComplete.ShouldBeFalse();
        answer.Body.Length.ShouldBe(Outgoing.Limits.MaxAnswerBytes);
    }

    [Fact]
    public async Task A_failure_whose_body_cannot_be_read_is_told_by_its_status()
    {
        await using var target = TcpTarget.Answering(
            "HTTP/1.1 404 Not Found\r\nContent-Encoding: zstd\r\nContent-Length: 3\r\n\r\nabc"
        );
        using var outgoing = new Outgoing();
        var error = await Should.ThrowAsync<DataErrorException>(() => outgoing.GetAsync(target.Uri));
        error.Code.ShouldBe("not-found");
    }

    [Theory]
    [InlineData("Content-Length: 3\r\nContent-Length: 30")]
    [InlineData("Content-Length: abc")]
    [InlineData("Content-Length: -3")]
    public async Task A_length_that_is_none_is_no_end_of_an_answer(string header)
    {
        await using var target = TcpTarget.Start(async conversation =>
        {
            await conversation.ReadRequestAsync();
            await conversation.WriteAsync($"HTTP/1.1 200 OK\r\n{header}\r\n\r\nabc");
        });
        using var outgoing = new Outgoing();
        var error = await Should.ThrowAsync<DataErrorException>(() => outgoing.GetAsync(target.Uri));
        error.Code.ShouldBe("malformed-answer");
        error.Message.ShouldContain("Content-Length");
    }

    [Theory]
    [InlineData(null, null, "gzip, deflate, br")]
    [InlineData("Accept-Encoding", "identity", "identity")]
    [InlineData("accept-encoding", "gzip;q=0", "gzip;q=0")]
    [InlineData("Range", "bytes=0-9", "identity")]
    public async Task What_a_call_says_of_encodings_is_sent_as_it_is(string? name, string? value, string sent)
    {
        await using var target = await HttpTarget.AnsweringAsync(200);
        using var outgoing = new Outgoing();
        await outgoing.SendAsync(Outgoing.Get(target.Uri) with { Headers = name is null ? [] : [new(name, value!)] });
        target.Requests.ShouldHaveSingleItem().Headers["Accept-Encoding"].ShouldBe(sent);
    }

    [Theory]
    [InlineData("M\u00C3\u00BCller", "Müller")]
    [InlineData("M\u00FCller", "Müller")]
    [InlineData("plain", "plain")]
    public async Task Headers_are_read_as_utf_8_where_they_are_and_as_latin_1_otherwise(string sent, string read)
    {
        await using var target = TcpTarget.Start(async conversation =>
        {
            await conversation.ReadRequestAsync();
            await conversation.WriteAsync(
                Encoding.Latin1.GetBytes($"HTTP/1.1 200 OK\r\nX-Name: {sent}\r\nContent-Length: 0\r\n\r\n")
            );
        });
        using var outgoing = new Outgoing();
        (await outgoing.GetAsync(target.Uri)).Headers["x-name"].ShouldBe(read);
    }

    private static async Task<HttpAnswer> GetAsync(byte[] body, string coding)
    {
        await using var target = Answering(body, coding, [body.Length]);
        using var outgoing = new Outgoing();
        return await outgoing.GetAsync(target.Uri);
    }

    private static async Task<DataErrorException> ErrorAsync(byte[] body, string coding)
    {
        var error = await Should.ThrowAsync<DataErrorException>(() => GetAsync(body, coding));
        error.Code.ShouldBe("malformed-answer");
        return error;
    }

    /// <summary>Answers with one part after the other, each from the start, in well-formed HTTP.</summary>
    private static TcpTarget Answering(byte[] body, string coding, IReadOnlyList<int> cuts)
    {
        var answered = 0;
        return TcpTarget.Start(async conversation =>
        {
            while (await conversation.ReadRequestAsync() is not null)
            {
                var cut = cuts[Math.Min(Interlocked.Increment(ref answered), cuts.Count) - 1];
                await conversation.WriteAsync(
                    $"HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nContent-Encoding: {coding}\r\nContent-Length: {cut}\r\n\r\n"
                );
                await conversation.WriteAsync(body.AsMemory(0, cut));
            }
        });
    }
}
