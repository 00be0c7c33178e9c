using System.Buffers;
using System.Net;
using System.Security;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Integration.Hosting;

/// <summary>
/// Takes known secrets out of everything that leaves the process for people to read: events, journal, logs, traces.
/// A safety net: who handles a secret keeps it out of messages in the first place.
/// </summary>
public sealed partial class SecretMask
{
    /// <summary>What stands in the place of a secret.</summary>
    public const string Stars = "***";

    /// <summary>Shorter ones would be found in innocent text.</summary>
    public const int ShortestSecret = 8;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, string[]> _formsOf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _passing = new(StringComparer.Ordinal);
    private volatile HashSet<string> _lasting = new(StringComparer.Ordinal);
    private volatile Forms _forms = new([]);

    /// <summary>Whether no secret is known, and nothing is done.</summary>
    public bool IsEmpty => _forms.Texts.Length == 0;

    /// <summary>Takes note of a secret. Too short ones and those that are known already change nothing.</summary>
    public void Add(string secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        if (secret.Length < ShortestSecret || _lasting.Contains(secret))
            return;
        lock (_lock)
        {
            _lasting = new HashSet<string>(_lasting, StringComparer.Ordinal) { secret };
            Renew(secret);
        }
    }

    /// <summary>Takes note of a secret that becomes useless after a while, such as a token: see <see cref="Forget"/>.</summary>
    public void AddPassing(string secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        if (secret.Length < ShortestSecret)
            return;
        lock (_lock)
        {
            var users = _passing.GetValueOrDefault(secret);
            _passing[secret] = users + 1;
            if (users == 0)
                Renew(secret);
        }
    }

    /// <summary>
    /// The end of a secret that was made known by <see cref="AddPassing"/>, when it was said as often as that; others stay known.
    /// </summary>
    public void Forget(string secret)
    {
        lock (_lock)
        {
            if (!_passing.TryGetValue(secret, out var users))
                return;
            if (users > 1)
            {
                _passing[secret] = users - 1;
                return;
            }

            _passing.Remove(secret);
            Renew(secret);
        }
    }

    /// <summary>The text with stars for secrets.</summary>
    public string Apply(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var forms = _forms;
        if (forms.Texts.Length == 0 || text.AsSpan().IndexOfAny(forms.Search) < 0)
            return text;
        foreach (var form in forms.Texts)
            text = text.Replace(form, Stars, StringComparison.Ordinal);
        return text;
    }

    /// <summary>
    /// The start of a longer text with stars for secrets, and without what may be the start of a secret at its end, which would
    /// not be known as one.
    /// </summary>
    public string ApplyToStart(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var cut = 0;
        foreach (var form in _forms.Texts)
        {
            // The longest of all, whole ones included: a secret may end with what another begins with.
            var length = Math.Min(form.Length, text.Length);
            while (length > cut && !text.AsSpan().EndsWith(form.AsSpan(0, length), StringComparison.Ordinal))
                length--;
            cut = Math.Max(cut, length);
        }

        return Apply(text[..^cut]);
    }

    /// <summary>
    /// JSON with stars for secrets in its texts, also in those that hold JSON themselves. Other texts stay as they were written, so
    /// that a large event does not grow by it.
    /// </summary>
    public ReadOnlyMemory<byte> ApplyToJson(ReadOnlyMemory<byte> json)
    {
        if (IsEmpty)
            return json;
        var output = new ArrayBufferWriter<byte>(json.Length);
        using var writer = new Utf8JsonWriter(output);
        var reader = new Utf8JsonReader(json.Span);
        var changed = false;
        while (reader.Read())
            changed |= Copy(ref reader, writer, json.Span);
        writer.Flush();
        return changed ? output.WrittenMemory : json;
    }

    private bool Copy(ref Utf8JsonReader reader, Utf8JsonWriter writer, ReadOnlySpan<byte> json)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                writer.WriteStartObject();
                return false;
            case JsonTokenType.EndObject:
                writer.WriteEndObject();
                return false;
            case JsonTokenType.StartArray:
                writer.WriteStartArray();
                return false;
            case JsonTokenType.EndArray:
                writer.WriteEndArray();
                return false;
            case JsonTokenType.PropertyName:
                var name = reader.GetString()!;
                writer.WritePropertyName(Apply(name));
                return !ReferenceEquals(Apply(name), name);
            case JsonTokenType.String:
                var text = reader.GetString()!;
                var masked = Apply(text);
                if (ReferenceEquals(masked, text))
                {
                    var written = json[(int)reader.TokenStartIndex..(int)reader.BytesConsumed];
                    writer.WriteRawValue(written, skipInputValidation: true);
                    return false;
                }

                writer.WriteStringValue(masked);
                return true;
            default:
                writer.WriteRawValue(reader.ValueSpan, skipInputValidation: true);
                return false;
        }
    }

    private void Renew(string secret)
    {
        if (_lasting.Contains(secret) || _passing.ContainsKey(secret))
            _formsOf.TryAdd(secret, [.. FormsOf(secret)]);
        else
            _formsOf.Remove(secret);
        _forms = new Forms([.. _formsOf.Values.SelectMany(forms => forms).Distinct(StringComparer.Ordinal)]);
    }

    // As it is, and as it looks in JSON of several dialects, in an address, in the headers that encode it, and in HTML and XML.
    // In base64 of something longer it looks like one of three, depending on where it begins.
    private static IEnumerable<string> FormsOf(string secret)
    {
        var base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes(secret));
        var json = JsonEncodedText.Encode(secret).ToString();
        var relaxed = JsonEncodedText.Encode(secret, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();
        var address = Uri.EscapeDataString(secret);
        return
        [
            secret,
            json,
            json.Replace("/", "\\/", StringComparison.Ordinal),
            relaxed,
            relaxed.Replace("/", "\\/", StringComparison.Ordinal),
            address,
            Escapes().Replace(address, escape => escape.Value.ToLowerInvariant()),
            address.Replace("%20", "+", StringComparison.Ordinal),
            .. OfBase64(base64),
            WebUtility.HtmlEncode(secret),
            SecurityElement.Escape(secret),
            .. InsideBase64(Encoding.UTF8.GetBytes(secret)).SelectMany(OfBase64),
        ];
    }

    // The characters that depend on the secret alone: six bits each, and eight in a byte before it.
    private static IEnumerable<string> InsideBase64(byte[] secret) =>
        Enumerable
            .Range(0, 3)
            .Select(before =>
                Convert.ToBase64String([.. new byte[before], .. secret, 0, 0])[
                    ((8 * before + 5) / 6)..(8 * (before + secret.Length) / 6)
                ]
            );

    private static IEnumerable<string> OfBase64(string text) =>
        [
            text,
            JsonEncodedText.Encode(text).ToString(),
            Uri.EscapeDataString(text),
            text.Replace('+', '-').Replace('/', '_'),
        ];

    [GeneratedRegex("%[0-9A-F]{2}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Escapes();

    private sealed class Forms(string[] texts)
    {
        // Made when it is needed: several secrets may come before the next text.
        private readonly Lazy<SearchValues<string>> _search = new(() =>
            SearchValues.Create(texts, StringComparison.Ordinal)
        );

        // The longest first: one form may begin with another.
        public string[] Texts { get; } = [.. texts.OrderByDescending(text => text.Length)];

        public SearchValues<string> Search => _search.Value;
    }
}
