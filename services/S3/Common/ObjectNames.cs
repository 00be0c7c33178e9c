using System.Text.RegularExpressions;
using Integration.Errors;
using Integration.Files.S3;

namespace Integration.S3;

/// <summary>Names of buckets and keys, checked before they become part of an address.</summary>
internal static partial class ObjectNames
{
    public static ObjectPlace Place(string bucket, string key, string bucketField = "bucket", string keyField = "key")
    {
        CheckKey(key, keyField);
        return Bucket(bucket, bucketField) with { Key = key };
    }

    public static ObjectPlace Bucket(string bucket, string field = "bucket") =>
        BucketName().IsMatch(bucket)
            ? new ObjectPlace(bucket)
            : throw InvalidInput.At(
                field,
                "is no name of a bucket: 3 to 63 lower case letters, digits, dots and hyphens, with a letter or digit at both ends."
            );

    public static void CheckKey(string key, string field)
    {
        if (ObjectKeys.Problem(key) is { } problem)
            throw InvalidInput.At(field, problem);
    }

    [GeneratedRegex(@"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BucketName();

    /// <summary>A store as a target: calls to one store share its limits.</summary>
    public static string Target(string store) => $"s3 store {store}";
}
