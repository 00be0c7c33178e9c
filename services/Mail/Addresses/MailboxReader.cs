using System.Globalization;
using System.Text;
using Integration.Errors;
using Integration.Mail.Content;

namespace Integration.Mail.Addresses;

/// <summary>Reads one address of an input: <c>ada@example.org</c> or <c>Ada Lovelace &lt;ada@example.org&gt;</c>. Never more than one.</summary>
internal static class MailboxReader
{
    private const int LongestLocal = 64;
    private const int LongestDomain = 255;
    private const string Special = "!#$%&'*+-/=?^_`{|}~";

    private static readonly IdnMapping _idn = new() { UseStd3AsciiRules = true };

    public static IReadOnlyList<Mailbox> ReadAll(IReadOnlyList<string>? texts, string field) =>
        texts is null ? [] : [.. texts.Select((text, i) => Read(text, $"{field}[{i}]"))];

    public static Mailbox Read(string? text, string field)
    {
        HeaderText.Check(text ?? throw InvalidInput.At(field, "is null."), field);
        text = text.Trim();
        var open = text.LastIndexOf('<');
        if (open < 0)
            return TryRead(text, null) ?? throw Wrong(field);
        if (!text.EndsWith('>'))
            throw Wrong(field);
        var name = text[..open].Trim();
        if (!IsQuoted(name) && name.AsSpan().ContainsAny('<', '>'))
            throw Wrong(field);
        name = Unquote(name);
        return TryRead(text[(open + 1)..^1], name.Length == 0 ? null : name) ?? throw Wrong(field);
    }

    /// <summary>Null when it is no address.</summary>
    public static Mailbox? TryRead(string address, string? name)
    {
        var at = address.LastIndexOf('@');
        if (at <= 0 || !IsLocal(address[..at]) || Domain(address[(at + 1)..]) is not { } domain)
            return null;
        return new Mailbox(name, address[..at], domain);
    }

    /// <summary>Lower case and in ASCII; null when it is no domain.</summary>
    public static string? Domain(string domain)
    {
        if (domain.Length is 0 or > LongestDomain || domain.EndsWith('.'))
            return null;
        // Without ICU neither the mapping nor anything else puts a letter and its accent together: u and ¨ would be another
        // domain than ü.
        if (domain.Any(one => one is >= '\u0300' and <= '\u036F'))
            return null;
        try
        {
            // Nor does the mapping change the case: Ü would be another letter than ü.
            var ascii = _idn.GetAscii(domain.ToLowerInvariant());
            return Uri.CheckHostName(ascii) == UriHostNameType.Dns && ascii.Length <= LongestDomain ? ascii : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    // A dot-atom, in the form that RFC 6532 extends: quoted local parts exist on paper only.
    private static bool IsLocal(string local) =>
        Encoding.UTF8.GetByteCount(local) <= LongestLocal
        && local
            .Split('.')
            .All(atom =>
                atom.Length > 0
                && atom.EnumerateRunes()
                    .All(rune =>
                        rune.IsAscii
                            ? char.IsAsciiLetterOrDigit((char)rune.Value) || Special.Contains((char)rune.Value)
                            : Rune.IsLetterOrDigit(rune)
                                || Rune.GetUnicodeCategory(rune)
                                    is UnicodeCategory.NonSpacingMark
                                        or UnicodeCategory.SpacingCombiningMark
                    )
            );

    private static bool IsQuoted(string name) => name.Length >= 2 && name.StartsWith('"') && name.EndsWith('"');

    private static string Unquote(string name) =>
        IsQuoted(name)
            ? name[1..^1]
                .Replace("\\\"", "\"", StringComparison.Ordinal)
                .Replace("\\\\", "\\", StringComparison.Ordinal)
            : name;

    private static Exception Wrong(string field) =>
        InvalidInput.At(field, "is no single address. Write ada@example.org or Ada Lovelace <ada@example.org>.");
}
