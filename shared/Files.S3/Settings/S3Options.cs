using System.ComponentModel.DataAnnotations;

namespace Integration.Files.S3;

/// <summary>Which S3-compatible stores there are and how they are called. Configuration section <c>S3</c>.</summary>
public sealed class S3Options : IValidatableObject
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "S3";

    /// <summary>Smallest part of a multipart upload that stores take: 5 MiB.</summary>
    public const int SmallestPart = 5 * 1024 * 1024;

    /// <summary>
    /// The stores by name: S3__Stores__default__Endpoint, Region, PathStyle, Credentials, AccessKey, SecretKey, SessionToken;
    /// each of the last three with a twin that names a file (SecretKeyFile). The default value is empty: none.
    /// </summary>
    public Dictionary<string, S3StoreOptions> Stores { get; } = new(StringComparer.Ordinal);

    /// <summary>Longest time for opening a connection, TLS included. The default value is 10 seconds.</summary>
    [Range(
        typeof(TimeSpan),
        "00:00:00.001",
        "01:00:00",
        ErrorMessage = "S3__ConnectTimeout must be between 1 ms and 1 hour, e.g. 00:00:10."
    )]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Longest time for one request and its answer; while content is downloaded, for each wait for the next bytes. The
    /// default value is 60 seconds.
    /// </summary>
    [Range(
        typeof(TimeSpan),
        "00:00:00.001",
        "01:00:00",
        ErrorMessage = "S3__RequestTimeout must be between 1 ms and 1 hour, e.g. 00:01:00."
    )]
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Size of the parts of a multipart upload in bytes; smaller content is sent at once. An upload holds one part in
    /// memory. The default value is 5242880 (5 MiB), the smallest that stores take.
    /// </summary>
    [Range(SmallestPart, 1024 * 1024 * 1024, ErrorMessage = "S3__PartBytes must be between 5242880 and 1073741824.")]
    public int PartBytes { get; set; } = SmallestPart;

    /// <summary>
    /// Largest object that is copied in one request, in bytes; larger ones are copied in parts of this size, within the
    /// store. The default value is 1073741824 (1 GiB); stores take up to 5 GiB.
    /// </summary>
    [Range(
        SmallestPart,
        5L * 1024 * 1024 * 1024,
        ErrorMessage = "S3__CopyPartBytes must be between 5242880 and 5368709120."
    )]
    public long CopyPartBytes { get; set; } = 1024 * 1024 * 1024;

    /// <summary>Uploads at once; more wait for their turn. The default value is 8.</summary>
    [Range(1, 1_000, ErrorMessage = "S3__MaxUploads must be between 1 and 1000.")]
    public int MaxUploads { get; set; } = 8;

    /// <summary>
    /// A multipart upload to the same key that is older than this and was never completed is removed before the next one
    /// begins. The default value is 1 day.
    /// </summary>
    [Range(
        typeof(TimeSpan),
        "00:01:00",
        "365.00:00:00",
        ErrorMessage = "S3__AbandonedAfter must be between 1 minute and 365 days, e.g. 1.00:00:00."
    )]
    public TimeSpan AbandonedAfter { get; set; } = TimeSpan.FromDays(1);

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Stores.SelectMany(store => store.Value.Problems($"{Section}__{nameof(Stores)}__{store.Key}"));
}
