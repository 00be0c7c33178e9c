using System.ComponentModel.DataAnnotations;

namespace Integration.Files;

/// <summary>Where content by reference is kept. Configuration section <c>Files</c>.</summary>
public sealed class FilesOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Files";

    /// <summary>
    /// The stores by name: Files__Stores__documents__Kind=Folder with Files__Stores__documents__Path, or a kind that the
    /// service adds, such as S3. The default value is empty: none.
    /// </summary>
    public Dictionary<string, FileStoreOptions> Stores { get; } = new(StringComparer.Ordinal);

    /// <summary>Largest file that is saved, in bytes. The default value is 5368709120 (5 GiB).</summary>
    [Range(1, long.MaxValue, ErrorMessage = "Files__MaxBytes must be 1 or more.")]
    public long MaxBytes { get; set; } = 5L * 1024 * 1024 * 1024;
}
