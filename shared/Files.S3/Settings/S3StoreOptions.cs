using System.ComponentModel.DataAnnotations;

namespace Integration.Files.S3;

/// <summary>The settings of one store: <c>S3__Stores__NAME__…</c>.</summary>
public sealed class S3StoreOptions
{
    /// <summary>Address of the store, e.g. https://s3.example.org. The default value is empty: Amazon's, in the region.</summary>
    public string Endpoint { get; set; } = "";

    /// <summary>The region that requests are signed for. The default value is us-east-1.</summary>
    public string Region { get; set; } = "us-east-1";

    /// <summary>
    /// Whether the bucket is the first part of the path (https://host/bucket/key) or of the host (https://bucket.host/key).
    /// The default value is empty: path style with an endpoint, the other one at Amazon.
    /// </summary>
    public bool? PathStyle { get; set; }

    /// <summary>
    /// Where the credentials come from: Settings (the ones below), Environment (AWS_ACCESS_KEY_ID and so on), Default (the chain
    /// of Amazon's tools) or None. The default value is Settings.
    /// </summary>
    public S3CredentialsSource Credentials { get; set; } = S3CredentialsSource.Settings;

    /// <summary>The access key; with Credentials=Settings it or its file is required. The default value is empty.</summary>
    public string AccessKey { get; set; } = "";

    /// <summary>A file with the access key, read for each request. The default value is empty.</summary>
    public string AccessKeyFile { get; set; } = "";

    /// <summary>The secret key; with Credentials=Settings it or its file is required. The default value is empty.</summary>
    public string SecretKey { get; set; } = "";

    /// <summary>A file with the secret key, read for each request. The default value is empty.</summary>
    public string SecretKeyFile { get; set; } = "";

    /// <summary>Of temporary credentials; a secret. The default value is empty.</summary>
    public string SessionToken { get; set; } = "";

    /// <summary>A file with the session token, read for each request. The default value is empty.</summary>
    public string SessionTokenFile { get; set; } = "";

    internal bool UsesPathStyle => PathStyle ?? Endpoint.Length > 0;

    /// <summary>Host and port, for messages.</summary>
    internal string Target => Endpoint.Length > 0 ? new Uri(Endpoint).Authority : $"s3.{Region}.amazonaws.com";

    internal IEnumerable<ValidationResult> Problems(string settings)
    {
        if (Endpoint.Length > 0 && !IsAddress(Endpoint))
        {
            yield return new ValidationResult(
                $"{settings}__{nameof(Endpoint)} is no address of a store. Write https://host or https://host:port, without path, "
                    + "query and credentials."
            );
        }

        if (Region.Length == 0)
            yield return new ValidationResult($"{settings}__{nameof(Region)} is empty. Name it, e.g. us-east-1.");

        foreach (
            var (name, value, file, required) in new[]
            {
                (nameof(AccessKey), AccessKey, AccessKeyFile, true),
                (nameof(SecretKey), SecretKey, SecretKeyFile, true),
                (nameof(SessionToken), SessionToken, SessionTokenFile, false),
            }
        )
        {
            if (Problem($"{settings}__{name}", value, file, required) is { } problem)
                yield return new ValidationResult(problem);
        }
    }

    private string? Problem(string setting, string value, string file, bool required) =>
        Credentials != S3CredentialsSource.Settings
            ? value.Length + file.Length == 0
                ? null
                : $"{setting} is set, but Credentials={Credentials} takes none from the settings. Remove one of them."
            : value.Length > 0 && file.Length > 0
                ? $"{setting} and {setting}File are both set. Remove one of them."
                : file.Length > 0 && !File.Exists(file)
                    ? $"{setting}File: there is no file '{file}'. Create it, or mount it."
                    : required && value.Length + file.Length == 0
                        ? $"{setting} is missing. Set it or {setting}File, or take the credentials from elsewhere with Credentials=Environment, "
                            + "Default or None."
                        : null;

    private static bool IsAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https"
        && uri.AbsolutePath == "/"
        && uri.Query.Length == 0
        && uri.Fragment.Length == 0
        && uri.UserInfo.Length == 0;
}
