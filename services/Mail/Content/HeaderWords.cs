using System.Text;
using MimeKit;

namespace Integration.Mail.Content;

/// <summary>
/// Texts for people in a header. MimeKit encodes what is beyond ASCII; this encodes, ahead of it, what it would write as it stands
/// and no reader would read the same: what looks like an encoded word, spaces that folding or a server drops, and names of ASCII
/// too long for a line.
/// </summary>
internal static class HeaderWords
{
    private const string Begin = "=?utf-8?B?";
    private const string End = "?=";

    // 75 for a word with its frame (RFC 2047, 2); 45 bytes are 60 characters of base64.
    private const int Bytes = 45;
    private const int LongestName = 60;

    public static string Subject(string text) => ReadsTheSame(text) ? text : Encode(text);

    public static string? Name(string? text) =>
        text is null || (ReadsTheSame(text) && (text.Length <= LongestName || !Ascii.IsValid(text)))
            ? text
            : Encode(text);

    /// <summary>A header of our own making, folded already, that MimeKit does not change.</summary>
    public static Header AsItStands(HeaderId id, string value)
    {
        var header = new Header(id, "x");
        header.SetRawValue(Encoding.ASCII.GetBytes($" {value}\r\n"));
        return header;
    }

    private static bool ReadsTheSame(string text) =>
        !text.Contains("=?", StringComparison.Ordinal)
        && !text.Contains("  ", StringComparison.Ordinal)
        && !text.StartsWith(' ')
        && !text.EndsWith(' ');

    // Cut between characters, never within one.
    private static string Encode(string text)
    {
        var words = new List<string>();
        var word = new List<byte>(Bytes);
        var utf8 = new byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            var length = rune.EncodeToUtf8(utf8);
            if (word.Count + length > Bytes)
            {
                words.Add(Begin + Convert.ToBase64String([.. word]) + End);
                word.Clear();
            }

            word.AddRange(utf8.AsSpan(0, length));
        }

        words.Add(Begin + Convert.ToBase64String([.. word]) + End);
        return string.Join(' ', words);
    }
}
