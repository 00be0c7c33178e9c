using System.ComponentModel.DataAnnotations;
using Integration.Files.S3;

namespace Integration.S3;

/// <summary>What tasks may ask for. Configuration section <c>S3</c>, beside <see cref="S3Options"/>.</summary>
public sealed class S3ServiceOptions : IValidatableObject
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "S3";

    /// <summary>
    /// Largest object that is put into or taken out of an event, in bytes; larger ones travel as file references. It has to
    /// fit into an event, as base64 with a third more, see Pipeline__BodyLimit. The default value is 131072 (128 KiB).
    /// </summary>
    [Range(1, 64 * 1024 * 1024, ErrorMessage = "S3__MaxInlineBytes must be between 1 and 67108864.")]
    public int MaxInlineBytes { get; set; } = 128 * 1024;

    /// <summary>How long a presigned address works unless its task says otherwise. The default value is 15 minutes.</summary>
    [Range(
        typeof(TimeSpan),
        "00:00:01",
        "7.00:00:00",
        ErrorMessage = "S3__PresignExpiry must be between 1 second and 7 days, e.g. 00:15:00."
    )]
    public TimeSpan PresignExpiry { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Longest time that a task may ask for. The default value is 1 hour.</summary>
    [Range(
        typeof(TimeSpan),
        "00:00:01",
        "7.00:00:00",
        ErrorMessage = "S3__MaxPresignExpiry must be between 1 second and 7 days, e.g. 01:00:00."
    )]
    public TimeSpan MaxPresignExpiry { get; set; } = TimeSpan.FromHours(1);

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (PresignExpiry > MaxPresignExpiry)
        {
            yield return new ValidationResult(
                "S3__PresignExpiry is longer than S3__MaxPresignExpiry. Lower the first or raise the second.",
                [nameof(PresignExpiry)]
            );
        }
    }
}
