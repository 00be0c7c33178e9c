using System.Globalization;

namespace Integration.Mail.Smtp;

/// <summary>What a server says that it can do (RFC 5321, 4.1.1.1).</summary>
internal sealed class SmtpExtensions
{
    private readonly Dictionary<string, string> _keywords;

    public SmtpExtensions(SmtpReply hello) =>
        _keywords = hello
            .Lines.Skip(1)
            .Select(line => line.Split(' ', 2))
            .GroupBy(line => line[0], StringComparer.OrdinalIgnoreCase)
            .ToDictionary(
                lines => lines.Key,
                lines => string.Join(' ', lines.Select(line => line.Length > 1 ? line[1] : "")),
                StringComparer.OrdinalIgnoreCase
            );

    public bool StartTls => _keywords.ContainsKey("STARTTLS");

    public bool EightBit => _keywords.ContainsKey("8BITMIME");

    public bool Utf8 => _keywords.ContainsKey("SMTPUTF8");

    public bool Size => _keywords.ContainsKey("SIZE");

    /// <summary>Null when the server tells none.</summary>
    public long? MaxSize =>
        _keywords.TryGetValue("SIZE", out var text)
        && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size)
        && size > 0
            ? size
            : null;

    /// <summary>Names of mechanisms, upper case.</summary>
    public IReadOnlyList<string> Authentication =>
        _keywords.TryGetValue("AUTH", out var mechanisms)
            ? [.. mechanisms.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(one => one.ToUpperInvariant())]
            : [];
}
