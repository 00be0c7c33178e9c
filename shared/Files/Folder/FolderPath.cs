using System.Buffers;
using Integration.Contracts;

namespace Integration.Files;

/// <summary>A key as a path below the folder. No key leads out of it: neither by its words nor by links on the way.</summary>
internal static class FolderPath
{
    private const int LongestKey = 1024;

    private static readonly SearchValues<char> _refused = SearchValues.Create([
        .. Enumerable.Range(0, 0x20).Select(c => (char)c),
        '\\',
        ':',
        '\x7f',
    ]);

    public static string Of(string root, FileReference reference)
    {
        if (reference.Bucket is not null)
            throw FileErrors.Refused(reference, "a folder has no buckets.");
        if (reference.Key.Length > LongestKey || !reference.Key.Split('/').All(IsName))
        {
            throw FileErrors.Refused(
                reference,
                $"its key is a path of names separated by slashes, at most {LongestKey} characters, without names that begin "
                    + "with a dot, backslashes, colons and control characters."
            );
        }

        var path = root;
        foreach (var name in reference.Key.Split('/'))
        {
            path = Path.Join(path, name);
            if (new FileInfo(path).LinkTarget is not null)
                throw FileErrors.Refused(reference, "its key goes over a symbolic link.");
        }

        return path;
    }

    private static bool IsName(string name) =>
        name.Length > 0 && name[0] != '.' && !name.AsSpan().ContainsAny(_refused);
}
