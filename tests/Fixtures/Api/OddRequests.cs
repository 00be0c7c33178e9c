using System.Globalization;
using System.Text;
using Shouldly;

namespace Integration.Fixtures;

/// <summary>
/// Throws odd requests at an HTTP API: whatever comes, it answers in time, never with 5xx, in problem details, and what it refuses
/// changes nothing. The seed is fixed; <c>ODD_REQUESTS</c> and <c>ODD_REQUESTS_SEED</c> make a longer run, or another.
/// </summary>
/// <param name="address">Of the service.</param>
/// <param name="routes">Methods and paths.</param>
/// <param name="bodies">Bodies that are right, from which others are made.</param>
public sealed class OddRequests(
    Uri address,
    IReadOnlyList<(string Method, string Path)> routes,
    IReadOnlyList<string> bodies
)
{
    private const int Usual = 400;

    private static readonly string[] _methods =
    [
        "GET",
        "POST",
        "PUT",
        "PATCH",
        "DELETE",
        "HEAD",
        "OPTIONS",
        "TRACE",
        "FOO",
    ];

    private static readonly string[] _pathParts =
    [
        "%00",
        "%",
        "%zz",
        "%ff",
        "%ed%a0%80",
        "%2f..%2f",
        "//",
        "/../..",
        "é",
        "%c3%a9",
        "-1",
        "99999999999999999999",
        "{id}",
        "00000000-0000-0000-0000-000000000000",
        "'; drop table instances --",
    ];

    private static readonly string[] _queries =
    [
        "?limit=-1",
        "?limit=0",
        "?limit=99999999999999999999",
        "?limit=1&limit=2",
        "?limit=",
        "?limit=%00",
        "?limit=1.5",
        "?limit=+5",
        "?before=x",
        "?before=%00",
        "?after={00000000-0000-0000-0000-000000000000}",
        "?state=%ff",
        "?state=running",
        "?=1",
        "?&&",
        "?a",
        "?q=%25_%5c",
        "?unknown=1",
        "?q=%ed%a0%80",
        "?businessKey=%0a",
        "?definition=",
    ];

    private static readonly string[] _headers =
    [
        "Origin: null",
        "Origin: http://evil.example",
        "Origin: ",
        "Origin: http://127.0.0.1:1",
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: none",
        "Sec-Fetch-Site: same-origin",
        "Idempotency-Key: a",
        "Idempotency-Key: \u00ff\u00fe",
        "Idempotency-Key: a\r\nIdempotency-Key: b",
        "By: \u00c3\u00a9",
        "By: x",
        "Content-Encoding: gzip",
        "Expect: 100-continue",
        "Transfer-Encoding: gzip",
        "X-Forwarded-Host: localhost",
        "Accept: text/html",
        "Accept-Encoding: br",
        "Cookie: a=b",
    ];

    private static readonly string[] _types =
    [
        "application/json",
        "application/json; charset=utf-8",
        "application/json; charset=utf-16",
        "application/xml",
        "text/xml",
        "text/plain",
        "multipart/form-data; boundary=x",
        "application/x-www-form-urlencoded",
        "",
        "nonsense",
        "application/json;;",
        "application/problem+json",
    ];

    private static readonly string[] _odd =
    [
        "",
        " ",
        "{",
        "[]",
        "null",
        "1",
        "\"x\"",
        "{}",
        "{\"a\":1}",
        "{\"a\":1,\"a\":2}",
        "{\"\\ud800\":1}",
        "{\"variables\":{\"x\":\"\\udc00\"}}",
        "\u00ef\u00bb\u00bf{}",
        "\u00ff\u00fe{\0}\0",
        "{\"definition\":\"\u00c3\u0028\"}",
        "{\"definition\":\"a\\u0000b\"}",
        "{\"version\":1e999999}",
        "{\"definition\":\"order\",\"version\":99999999999999999999}",
        "{\"definition\":[[[]]]}",
        "<a/>",
        "<a",
        "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>",
        "<?xml version=\"1.0\" encoding=\"UTF-16\"?><a/>",
        "{\"reason\":\"\\u0000\"}",
        "{\"by\":\"\\u0000\",\"reason\":\"x\"}",
        "{\"variables\":null}",
    ];

    /// <summary>Runs them.</summary>
    /// <param name="state">What is stored, as a text that is the same when nothing has changed.</param>
    public async Task RunAsync(Func<Task<string>> state)
    {
        var count = Number("ODD_REQUESTS", Usual);
        var seed = Number("ODD_REQUESTS_SEED", 30);
        Console.WriteLine($"{count} odd requests with the seed {seed}");
        var random = new Random(seed);
        var before = await state();
        var taken = 0;
        for (var i = 0; i < count; i++)
        {
            var request = Next(random);
            var answer = await RawHttp.SendAsync(address, request);
            var what = $"seed {seed}, request {i}:\n{(request.Length > 2000 ? request[..2000] : request)}\n-> {answer}";
            answer.Status.ShouldBeInRange(200, 499, what);
            var after = await state();
            if (answer.Status >= 400)
            {
                after.ShouldBe(before, what);
                Explained(answer, what);
            }
            else
            {
                taken++;
            }

            before = after;
        }

        // Otherwise they would all have failed at the door.
        taken.ShouldBeGreaterThan(count / 100);
    }

    // What is no HTTP the server refuses by itself, without a word.
    private static void Explained(RawAnswer answer, string what)
    {
        if (answer.Head.Contains("application/problem+json", StringComparison.Ordinal))
            return;
        answer.Head.ShouldContain("Content-Length: 0", Case.Insensitive, what);
        answer.Head.ShouldContain("Connection: close", Case.Insensitive, what);
    }

    private string Next(Random random)
    {
        var (method, path) = routes[random.Next(routes.Count)];
        if (random.Next(4) == 0)
            method = Of(_methods);
        if (random.Next(4) == 0)
            path += random.Next(2) == 0 ? Of(_pathParts) : "/" + Of(_pathParts);
        if (random.Next(3) == 0)
            path += Of(_queries);
        if (random.Next(60) == 0)
            path += "?q=" + new string('a', 9000);
        var body = Body();
        var head = new StringBuilder($"{method} {path} HTTP/1.1\r\nConnection: close\r\n");
        head.Append(random.Next(10) == 0 ? "Host: rebound.example\r\n" : $"Host: {address.Authority}\r\n");
        for (var i = random.Next(3); i > 0 && random.Next(2) == 0; i--)
            head.Append(Of(_headers)).Append("\r\n");
        if (random.Next(100) == 0)
            head.Append("X-Long: ").Append('x', 40_000).Append("\r\n");
        if (method is not "GET" || random.Next(8) == 0)
        {
            var type =
                random.Next(2) == 0 ? (body.StartsWith('<') ? "application/xml" : "application/json") : Of(_types);
            if (type.Length > 0)
                head.Append("Content-Type: ").Append(type).Append("\r\n");
            if (random.Next(8) == 0)
                return $"{head}Transfer-Encoding: chunked\r\n\r\n{body.Length:x}\r\n{body}\r\n0\r\n\r\n";
            // Announced and sent are not always the same.
            var length = random.Next(20) == 0 ? body.Length + 7 : body.Length;
            return $"{head}Content-Length: {length}\r\n\r\n{body}";
        }

        return $"{head}\r\n";

        string Of(string[] texts) => texts[random.Next(texts.Length)];

        string Body() =>
            random.Next(10) switch
            {
                < 3 => bodies[random.Next(bodies.Count)],
                < 8 => Of(_odd),
                8 => Nested(random.Next(1, 3000)),
                _ => Damaged(bodies[random.Next(bodies.Count)]),
            };

        string Damaged(string text)
        {
            var bytes = text.ToCharArray();
            for (var i = random.Next(1, 5); i > 0; i--)
                bytes[random.Next(bytes.Length)] = (char)random.Next(256);
            return new string(bytes);
        }
    }

    private static string Nested(int levels) =>
        $"{{\"variables\":{string.Concat(Enumerable.Repeat("[", levels))}{new string(']', levels)}}}";

    private static int Number(string variable, int usual) =>
        int.TryParse(
            Environment.GetEnvironmentVariable(variable),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : usual;
}
