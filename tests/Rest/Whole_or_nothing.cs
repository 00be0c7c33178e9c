using System.Security.Cryptography.X509Certificates;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Integration.Fixtures;
using Integration.Rest.Request;
using Integration.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.Rest.Tests;

/// <summary>
/// What holds for every answer, however it is encoded, framed and sent, and wherever it is cut: the process gets the whole value, or
/// an error and no file.
/// </summary>
public sealed class Whole_or_nothing(ITestOutputHelper output) : IAsyncLifetime
{
    private const ulong Seed = 20261130;
    private const int Samples = 160;

    private static readonly string[] _charsets = ["utf-8", "iso-8859-1", "windows-1252", "utf-16", "koi8-r"];
    private static readonly string[] _named = ["header", "mark", "declaration", "wrong header"];
    private static readonly string[] _destinations = ["json", "text", "xml", "base64", "file"];
    private static readonly string[] _versions = ["1.0", "1.1", "2"];
    private static readonly string[] _framings = ["length", "chunked", "closed"];

    private static readonly string?[] _ways = [null, .. PackedContent.Ways];

    private readonly TestAuthority _authority = new();
    private readonly TemporaryFolder _folder = new("whole");
    private X509Certificate2 _certificate = null!;
    private ServiceHarness _service = null!;

    /// <summary>An answer, and what becomes of it on its way.</summary>
    /// <param name="Text">What the target means.</param>
    /// <param name="Charset">In which it says so.</param>
    /// <param name="Named">
    /// Where it names that: in the header; with a byte order mark; in the declaration of XML; or in none, as a framework that
    /// adds its usual one to JSON in utf-8.
    /// </param>
    /// <param name="Way">How it is packed; null for not at all.</param>
    /// <param name="Version">Of HTTP.</param>
    /// <param name="Framing"><c>length</c>, <c>chunked</c> or <c>closed</c>.</param>
    /// <param name="Destination">What the process wants.</param>
    /// <param name="Cut">Where the body ends, from 0 to 1; 1 for whole.</param>
    /// <param name="Told">Whether the framing says so, as that of a target that was cut itself.</param>
    private sealed record Sent(
        string Text,
        string Charset,
        string Named,
        string? Way,
        string Version,
        string Framing,
        string Destination,
        double Cut,
        bool Told
    )
    {
        public byte[] Content { get; } =
        [
            .. Named == "mark" ? Encoding.GetEncoding(Charset).GetPreamble() : [],
            .. (CodePagesEncodingProvider.Instance.GetEncoding(Charset) ?? Encoding.GetEncoding(Charset)).GetBytes(
                Destination switch
                {
                    "json" => $"\"{Text}\"",
                    "xml" when Named == "declaration" => $"<?xml version=\"1.0\" encoding=\"{Charset}\"?><a>{Text}</a>",
                    "xml" => $"<a>{Text}</a>",
                    _ => Text,
                }
            ),
        ];

        public string? Header =>
            Named switch
            {
                "header" => Charset,
                "wrong header" => "iso-8859-1",
                _ => null,
            };

        public byte[] Packed => Way is null ? Content : PackedContent.Pack(Content, Way);

        public int Length => Cut >= 1 ? Packed.Length : (int)(Cut * Packed.Length);

        public bool IsCut => Length < Packed.Length;

        /// <summary>
        /// Whether anybody could tell: a part of plain text is text as well, a body of nothing is none, and the first of several members
        /// may be the only one.
        /// </summary>
        public bool CanBeTold =>
            !IsCut
            || (!Told && Framing != "closed")
            || (Way is not null && (!Told || Length > 0) && !(Way == "gzip in members" && IsBetweenMembers()));

        private bool IsBetweenMembers()
        {
            var first = PackedContent.Pack(Content[..(Content.Length / 2)], "gzip").Length;
            return Length >= first - 8 && Length <= first;
        }
    }

    private static Gen<Sent> Answers =>
        from length in Gen.Choose(1, 3_000)
        from named in Gen.Elements(_named)
        from charset in Gen.Elements(_charsets.Where(charset => CanName(named, charset)).ToArray())
        from letters in Gen.Elements(
                ("abcdefghij;,0123456789" + (charset == "koi8-r" ? "абвгд" : "äöüßéñ")).ToCharArray()
            )
            .ArrayOf(length)
        from way in Gen.Elements(_ways)
        from version in Gen.Elements(_versions)
        from framing in Gen.Elements(_framings)
        from destination in Gen.Elements(_destinations.Where(destination => IsIn(named, destination)).ToArray())
        from part in Gen.Choose(0, 1_400)
        from told in Gen.Elements(true, false)
        select new Sent(
            new string(letters),
            charset,
            named,
            way,
            version,
            version == "1.0" && framing == "chunked" ? "closed" : framing,
            destination,
            part / 1_000.0,
            told
        );

    private static bool CanName(string named, string charset) =>
        named switch
        {
            "mark" => charset.StartsWith("utf", StringComparison.Ordinal),
            "declaration" => charset != "utf-16",
            "wrong header" => charset == "utf-8",
            _ => true,
        };

    private static bool IsIn(string named, string destination) =>
        named switch
        {
            "declaration" => destination == "xml",
            "wrong header" => destination == "json",
            _ => true,
        };

    public async ValueTask InitializeAsync()
    {
        _certificate = _authority.Issue();
        _service = await ServiceHarness.StartAsync(
            builder =>
            {
                builder.AddRest();
                builder.Services.AddSingleton(TimeProvider.System);
            },
            "--Egress:AllowLoopback=true",
            $"--Egress:TrustedAuthorities={_authority.PemFile}",
            "--Files:Stores:documents:Kind=Folder",
            $"--Files:Stores:documents:Path={_folder.Path}"
        );
    }

    [Fact]
    public async Task An_answer_is_whole_or_an_error_and_nothing_half_is_saved()
    {
        output.WriteLine($"seed {Seed}");
        var answers = Answers
            .Where(sent => sent.CanBeTold)
            .Sample(size: 30, seed: new Rnd(Seed, 1), numberOfSamples: Samples);
        answers.Count(sent => sent.IsCut).ShouldBeGreaterThan(Samples / 4);
        answers.Count(sent => !sent.IsCut).ShouldBeGreaterThan(Samples / 8);
        Seen(answers, sent => sent.Charset).ShouldBe(_charsets, ignoreOrder: true);
        Seen(answers, sent => sent.Named).ShouldBe(_named, ignoreOrder: true);
        Seen(answers, sent => sent.Way).ShouldBe(_ways, ignoreOrder: true);
        Seen(answers, sent => sent.Version).ShouldBe(_versions, ignoreOrder: true);
        Seen(answers, sent => sent.Framing).ShouldBe(_framings, ignoreOrder: true);
        Seen(answers, sent => sent.Destination).ShouldBe(_destinations, ignoreOrder: true);
        foreach (var sent in answers)
            await CheckAsync(sent);
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        _folder.Dispose();
        _certificate.Dispose();
        _authority.Dispose();
    }

    // What the property is about must be among what it is tried with.
    private static IEnumerable<string?> Seen(IEnumerable<Sent> answers, Func<Sent, string?> what) =>
        answers.Select(what).Distinct();

    private async Task CheckAsync(Sent sent)
    {
        var about =
            $"{sent with { Text = $"{sent.Text.Length} letters" }}, {sent.Length} of {sent.Packed.Length} bytes, seed {Seed}";
        var before = Files();
        var answer = await CallAsync(sent);
        if (answer.Completed is null)
        {
            sent.IsCut.ShouldBeTrue($"{answer.Error}: {about}");
            answer.Errored.ShouldNotBeNull(about).Error.Code.ShouldBeOneOf("malformed-answer", "connection-lost");
            Files().ShouldBe(before, about);
            return;
        }

        var got = answer.Outputs<RequestOperation.Output>();
        switch (sent.Destination)
        {
            case "base64":
                Convert.FromBase64String(got.Base64.ShouldNotBeNull(about)).ShouldBe(sent.Content, about);
                break;
            case "file":
                var file = Path.Combine(_folder.Path, got.File.ShouldNotBeNull(about).Key);
                (await File.ReadAllBytesAsync(file)).ShouldBe(sent.Content, about);
                break;
            case "xml":
                got.Body.ShouldNotBeNull(about).GetProperty("a").GetString().ShouldBe(sent.Text, about);
                break;
            default:
                got.Body.ShouldNotBeNull(about).GetString().ShouldBe(sent.Text, about);
                break;
        }
    }

    private async Task<TaskAnswer> CallAsync(Sent sent)
    {
        if (sent.Version == "2")
        {
            await using var target = Http2Target.Start(_certificate, request => AnswerAsync(request, sent));
            return await CallAsync(target.Uri, sent);
        }

        await using var plain = TcpTarget.Start(conversation => AnswerAsync(conversation, sent));
        return await CallAsync(plain.Uri, sent);
    }

    private Task<TaskAnswer> CallAsync(Uri url, Sent sent) =>
        _service.RunAsync(
            "rest.request",
            new
            {
                url,
                retries = 0,
                answer = sent.Destination == "file"
                    ? (object)new { store = "documents" }
                    : new { @as = sent.Destination },
            }
        );

    private static async Task AnswerAsync(Http2Request request, Sent sent)
    {
        var headers = HeadersOf(sent).ToDictionary();
        if (sent.Framing == "length")
            headers["content-length"] = $"{(sent.Told ? sent.Length : sent.Packed.Length)}";
        // A stream that ends although more was announced, or a connection that does.
        var ends = sent.Told || !sent.IsCut || sent.Framing == "length";
        await request.AnswerAsync(200, headers, sent.Packed.AsMemory(0, sent.Length), ends);
        if (!ends)
            request.Close();
    }

    private static async Task AnswerAsync(TcpConversation conversation, Sent sent)
    {
        await conversation.ReadRequestAsync();
        var (all, part) = (sent.Packed, sent.Packed.AsMemory(0, sent.Length));
        var head = new StringBuilder($"HTTP/{sent.Version} 200 OK\r\n");
        foreach (var (name, value) in HeadersOf(sent))
            head.Append($"{name}: {value}\r\n");
        if (sent.Framing == "length")
            head.Append($"content-length: {(sent.Told ? part.Length : all.Length)}\r\n");
        else if (sent.Framing == "chunked")
            head.Append("transfer-encoding: chunked\r\n");
        await conversation.WriteAsync(head.Append("\r\n").ToString());
        if (sent.Framing != "chunked")
        {
            await conversation.WriteAsync(part);
            return;
        }

        if (part.Length > 0)
        {
            await conversation.WriteAsync($"{(sent.Told ? part.Length : all.Length):x}\r\n");
            await conversation.WriteAsync(part);
        }

        if (sent.Told || !sent.IsCut)
            await conversation.WriteAsync(part.Length > 0 ? "\r\n0\r\n\r\n" : "0\r\n\r\n");
    }

    private static IEnumerable<KeyValuePair<string, string>> HeadersOf(Sent sent)
    {
        var type = sent.Destination switch
        {
            "json" => "application/json",
            "xml" => "application/xml",
            _ => "text/plain",
        };
        yield return new("content-type", sent.Header is null ? type : $"{type}; charset={sent.Header}");
        if (sent.Way is not null)
            yield return new("content-encoding", PackedContent.HeaderOf(sent.Way));
    }

    private int Files() => Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories).Count();
}
