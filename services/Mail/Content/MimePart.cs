using System.Text;

namespace Integration.Mail.Content;

/// <summary>A part of a message: its headers, and its content as segments.</summary>
internal sealed record MimePart(IReadOnlyList<(string Name, string Value)> Headers, IReadOnlyList<Segment> Content)
{
    public static MimePart Text(string text, string subtype)
    {
        var encoding = TextEncoding.Of(text);
        return new MimePart(
            [("Content-Type", $"text/{subtype}; charset=utf-8"), ("Content-Transfer-Encoding", encoding.Name)],
            [new BytesSegment(encoding.Bytes)]
        );
    }

    /// <summary>Parts that belong together; a single one stands for itself.</summary>
    /// <param name="subtype">With its parameters, if any.</param>
    /// <param name="boundary">Cannot occur in the parts: none of the encodings writes <c>=_</c>.</param>
    /// <param name="parts">In the order in which they are sent.</param>
    public static MimePart Multi(string subtype, string boundary, IReadOnlyList<MimePart> parts)
    {
        if (parts.Count == 1)
            return parts[0];
        var content = new List<Segment>();
        foreach (var part in parts)
        {
            content.Add(new BytesSegment(Encoding.ASCII.GetBytes($"--{boundary}\r\n")));
            content.AddRange(part.Segments(new HeaderBlock()));
        }

        content.Add(new BytesSegment(Encoding.ASCII.GetBytes($"--{boundary}--\r\n")));
        return new MimePart([("Content-Type", $"multipart/{subtype};\r\n boundary=\"{boundary}\"")], content);
    }

    /// <summary>With its headers behind those that are there already.</summary>
    public IEnumerable<Segment> Segments(HeaderBlock headers)
    {
        foreach (var (name, value) in Headers)
            headers.Add(name, value);
        return [new BytesSegment(headers.ToBytes()), .. Content];
    }
}
