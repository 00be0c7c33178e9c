using System.Text;
using Integration.Mail.Addresses;

namespace Integration.Mail.Content;

/// <summary>Writes headers, folded where a line would be too long (RFC 5322, 2.2.3).</summary>
internal sealed class HeaderBlock
{
    private const int Fold = 76;
    private const int LongestWord = 900;

    // RFC 5322, 3.2.3: what a name may consist of without quotes.
    private const string Atom = "!#$%&'*+-/=?^_`{|}~ ";

    private readonly StringBuilder _text = new();

    /// <summary>A value of our own making, which is not changed.</summary>
    public HeaderBlock Add(string name, string value)
    {
        _text.Append(name).Append(": ").Append(value).Append("\r\n");
        return this;
    }

    /// <summary>Text for people.</summary>
    public HeaderBlock AddText(string name, string value) => AddWords(name, Words(value));

    /// <summary>Addresses, separated by commas; no header when there are none.</summary>
    public HeaderBlock AddMailboxes(string name, IReadOnlyList<Mailbox> mailboxes)
    {
        if (mailboxes.Count == 0)
            return this;
        var words = new List<string>();
        foreach (var mailbox in mailboxes)
        {
            if (words.Count > 0)
                words[^1] += ",";
            words.AddRange(Words(mailbox));
        }

        return AddWords(name, words);
    }

    /// <summary>Ends the block with its empty line.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes(_text.Append("\r\n").ToString());

    private HeaderBlock AddWords(string name, IEnumerable<string> words)
    {
        _text.Append(name).Append(':');
        var length = name.Length + 1;
        var first = true;
        foreach (var word in words)
        {
            // The first word stays on the line of the name: a line of nothing but spaces is not allowed.
            if (!first && length + 1 + word.Length > Fold)
            {
                _text.Append("\r\n");
                length = 0;
            }

            _text.Append(' ').Append(word);
            length += 1 + word.Length;
            first = false;
        }

        _text.Append("\r\n");
        return this;
    }

    private static IEnumerable<string> Words(string text) => IsPlain(text) ? text.Split(' ') : EncodedWords.Of(text);

    private static IEnumerable<string> Words(Mailbox mailbox)
    {
        if (mailbox.Name is not { } name)
            return [mailbox.Address];
        var shown =
            !IsPlain(name) ? EncodedWords.Of(name)
            : name.All(one => char.IsAsciiLetterOrDigit(one) || Atom.Contains(one)) ? name.Split(' ')
            : $"\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"".Split(
                ' '
            );
        return [.. shown, $"<{mailbox.Address}>"];
    }

    // What reads the same after folding and unfolding, and is not taken for an encoded word.
    private static bool IsPlain(string text) =>
        text.Length > 0
        && Ascii.IsValid(text)
        && !text.Contains("=?", StringComparison.Ordinal)
        && text.Split(' ').All(word => word.Length is > 0 and < LongestWord);
}
