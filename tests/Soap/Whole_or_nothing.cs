using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Integration.Fixtures;

namespace Integration.Soap.Tests;

/// <summary>
/// What holds for every answer, however it is encoded, packed, framed and wrapped, and wherever it is cut: the process gets the whole
/// value, or an error.
/// </summary>
public sealed class Whole_or_nothing(SoapFixture soap, ITestOutputHelper output)
{
    private const ulong Seed = 20261130;
    private const int Samples = 120;

    private static readonly string[] _charsets = ["utf-8", "iso-8859-1", "windows-1252", "utf-16", "utf-16BE"];
    private static readonly string[] _named = ["header", "mark", "declaration"];
    private static readonly string[] _framings = ["length", "chunked", "closed"];
    private static readonly string[] _roots = ["plain", "multipart"];
    private static readonly string?[] _ways = [null, .. PackedContent.Ways];

    /// <summary>An answer, and what becomes of it on its way.</summary>
    /// <param name="Text">The status that the target means.</param>
    /// <param name="Charset">In which it says so.</param>
    /// <param name="Named">Where it names that: in the header, with a byte order mark, or in the declaration of the XML.</param>
    /// <param name="Way">How it is packed; null for not at all.</param>
    /// <param name="Framing"><c>length</c>, <c>chunked</c> or <c>closed</c>.</param>
    /// <param name="Root">Whether the envelope is the only part of a multipart answer.</param>
    /// <param name="Cut">Where the body ends, from 0 to 1; 1 for whole.</param>
    private sealed record Sent(
        string Text,
        string Charset,
        string Named,
        string? Way,
        string Framing,
        string Root,
        double Cut
    )
    {
        private const string Boundary = "part-of-the-answer";

        public string EnvelopeType => Named == "header" ? $"text/xml; charset={Charset}" : "text/xml";

        public string Type =>
            Root == "plain" ? EnvelopeType : $"multipart/related; boundary={Boundary}; type=\"text/xml\"";

        public byte[] Packed { get; } = Pack(Text, Charset, Named, Way, Root);

        public int Length => Cut >= 1 ? Packed.Length : (int)(Cut * Packed.Length);

        /// <summary>An end that closes nothing but white space and the last boundary cuts nothing off.</summary>
        public bool IsCut => Length < Packed.Length - (Boundary.Length + 8);

        public bool IsWhole => Length == Packed.Length;

        private static byte[] Pack(string text, string charset, string named, string? way, string root)
        {
            var encoding = CodePagesEncodingProvider.Instance.GetEncoding(charset) ?? Encoding.GetEncoding(charset);
            var declaration = named == "declaration" ? $"<?xml version=\"1.0\" encoding=\"{charset}\"?>" : "";
            byte[] envelope =
            [
                .. named == "mark" ? encoding.GetPreamble() : [],
                .. encoding.GetBytes(declaration + Answers.Status(text)),
            ];
            byte[] body =
                root == "plain"
                    ? envelope
                    :
                    [
                        .. Encoding.ASCII.GetBytes(
                            $"--{Boundary}\r\nContent-Type: text/xml{(named == "header" ? $"; charset={charset}" : "")}\r\n\r\n"
                        ),
                        .. envelope,
                        .. Encoding.ASCII.GetBytes($"\r\n--{Boundary}--\r\n"),
                    ];
            return way is null ? body : PackedContent.Pack(body, way);
        }
    }

    private static Gen<Sent> Sends =>
        from length in Gen.Choose(1, 2_000)
        from letters in Gen.Elements("abcdefghij;,0123456789äöüßéñ".ToCharArray()).ArrayOf(length)
        from named in Gen.Elements(_named)
        from charset in Gen.Elements(
            _charsets.Where(charset => named != "mark" || charset.StartsWith("utf", StringComparison.Ordinal)).ToArray()
        )
        from way in Gen.Elements(_ways)
        from framing in Gen.Elements(_framings)
        from root in Gen.Elements(_roots)
        from part in Gen.Choose(0, 1_600)
        select new Sent(new string(letters), charset, named, way, framing, root, part / 1_000.0);

    [Fact]
    public async Task An_answer_is_whole_or_an_error()
    {
        output.WriteLine($"seed {Seed}");
        var answers = Sends
            .Where(sent => sent.IsCut || sent.IsWhole)
            .Sample(size: 30, seed: new Rnd(Seed, 1), numberOfSamples: Samples);
        answers.Count(sent => sent.IsCut).ShouldBeGreaterThan(Samples / 4);
        answers.Count(sent => sent.IsWhole).ShouldBeGreaterThan(Samples / 4);
        answers.Select(sent => sent.Charset).Distinct().ShouldBe(_charsets, ignoreOrder: true);
        answers.Select(sent => sent.Way).Distinct().ShouldBe(_ways, ignoreOrder: true);

        Sent? now = null;
        await using var target = TcpTarget.Start(conversation => AnswerAsync(conversation, now!));
        await using var service = await TargetedService.StartAsync(soap.Servers, target.Uri, "Reads=*");
        foreach (var sent in answers)
        {
            now = sent;
            var about =
                $"{sent with { Text = $"{sent.Text.Length} letters" }}, {sent.Length} of {sent.Packed.Length} bytes, seed {Seed}";
            var answer = await service.CallAsync(retries: 0);
            if (sent.IsCut)
                answer
                    .Errored.ShouldNotBeNull(about)
                    .Error.Code.ShouldBeOneOf(["malformed-answer", "connection-lost"], about);
            else
                answer
                    .Completed.ShouldNotBeNull($"{answer.Error}: {about}")
                    .Outputs.GetProperty("result")
                    .GetString()
                    .ShouldBe(sent.Text, about);
        }
    }

    private static async Task AnswerAsync(TcpConversation conversation, Sent sent)
    {
        if (await conversation.ReadRequestAsync() is null)
            return;
        var head = new StringBuilder($"HTTP/1.1 200 OK\r\nContent-Type: {sent.Type}\r\nConnection: close\r\n");
        if (sent.Way is not null)
            head.Append($"Content-Encoding: {PackedContent.HeaderOf(sent.Way)}\r\n");
        // The framing says what was cut: only the content itself can tell.
        if (sent.Framing == "length")
            head.Append($"Content-Length: {sent.Length}\r\n");
        else if (sent.Framing == "chunked")
            head.Append("Transfer-Encoding: chunked\r\n");
        await conversation.WriteAsync(head.Append("\r\n").ToString());
        var part = sent.Packed.AsMemory(0, sent.Length);
        if (sent.Framing != "chunked")
        {
            await conversation.WriteAsync(part);
            return;
        }

        if (part.Length > 0)
        {
            await conversation.WriteAsync($"{part.Length:x}\r\n");
            await conversation.WriteAsync(part);
        }

        await conversation.WriteAsync(part.Length > 0 ? "\r\n0\r\n\r\n" : "0\r\n\r\n");
    }
}
