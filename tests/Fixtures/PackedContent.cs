using System.IO.Compression;

namespace Integration.Fixtures;

/// <summary>Content as targets pack it.</summary>
public static class PackedContent
{
    /// <summary>The ways that are known here; the first words are what goes into <c>Content-Encoding</c>.</summary>
    public static IReadOnlyList<string> Ways { get; } =
    ["gzip", "x-gzip", "gzip in members", "deflate", "deflate bare", "br", "gzip, br", "deflate, gzip"];

    /// <summary>The header for a way.</summary>
    public static string HeaderOf(string way) => way.Replace(" in members", "").Replace(" bare", "");

    /// <summary>Packs.</summary>
    public static byte[] Pack(byte[] content, string way) =>
        way switch
        {
            "gzip" or "x-gzip" => Through(content, stream => new GZipStream(stream, CompressionLevel.Optimal, true)),
            "gzip in members" =>
            [
                .. Pack(content[..(content.Length / 2)], "gzip"),
                .. Pack(content[(content.Length / 2)..], "gzip"),
            ],
            "deflate" => Through(content, stream => new ZLibStream(stream, CompressionLevel.Optimal, true)),
            "deflate bare" => Through(content, stream => new DeflateStream(stream, CompressionLevel.Optimal, true)),
            "br" => Through(content, stream => new BrotliStream(stream, CompressionLevel.Optimal, true)),
            _ => way.Split(", ").Aggregate(content, Pack),
        };

    private static byte[] Through(byte[] content, Func<Stream, Stream> pack)
    {
        using var packed = new MemoryStream();
        using (var stream = pack(packed))
            stream.Write(content);
        return packed.ToArray();
    }
}
