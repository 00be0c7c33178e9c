using Integration.Fixtures;
using Integration.S3.Presign;

namespace Integration.S3.Tests;

public sealed class The_service(S3Fixture s3) : StartingService(args => S3Service.Create(args))
{
    [Theory]
    [InlineData("S3:PartBytes=1", "S3__PartBytes must be between")]
    [InlineData("S3:RequestTimeout=00:00:00", "S3__RequestTimeout must be between")]
    [InlineData("S3:MaxInlineBytes=0", "S3__MaxInlineBytes must be between")]
    [InlineData("S3:PresignExpiry=02:00:00", "S3__PresignExpiry is longer than S3__MaxPresignExpiry")]
    [InlineData("S3:Stores:a:Region=x", "S3__Stores__a__AccessKey is missing. Set it or S3__Stores__a__AccessKeyFile")]
    [InlineData("S3:Stores:a:AccessKey=x", "S3__Stores__a__SecretKey is missing.")]
    [InlineData("S3:Stores:a:SecretKeyFile=/no/such/file", "S3__Stores__a__SecretKeyFile: there is no file")]
    [InlineData("S3:Stores:a:Endpoint=s3.example.org", "S3__Stores__a__Endpoint is no address of a store.")]
    [InlineData("S3:Stores:a:Endpoint=https://u:p@s3.example.org", "S3__Stores__a__Endpoint is no address of a store.")]
    [InlineData("Files:Stores:f:Kind=S3", "Files__Stores__f__Bucket is empty.")]
    [InlineData("Files:Stores:f:Kind=S3", "Files__Stores__f__Profile: there is no S3 store 'default'.")]
    public Task Does_not_start_with_a_wrong_setting_and_says_which(string setting, string expected) =>
        RefusesToStartAsync(expected, $"--{setting}");

    [Theory]
    [InlineData("Environment")]
    [InlineData("Default")]
    [InlineData("None")]
    public async Task Credentials_in_the_settings_and_from_elsewhere_exclude_each_other(string source)
    {
        string[] settings = [$"--S3:Stores:a:Credentials={source}", "--S3:Stores:a:SecretKey=canary"];
        var message = await RefusesToStartAsync("S3__Stores__a__SecretKey is set", settings);
        message.ShouldNotContain("canary");
    }

    [Theory]
    [InlineData("get-object", "B", "k", "{}", "inputs.bucket is no name of a bucket")]
    [InlineData("get-object", "a/b", "k", "{}", "inputs.bucket is no name of a bucket")]
    [InlineData("get-object", "documents", "", "{}", "inputs.key must be between 1 and 1024 bytes")]
    [InlineData("get-object", "documents", "a/../b", "{}", "inputs.key must not begin with a slash")]
    [InlineData("get-object", "documents", "/a", "{}", "inputs.key must not begin with a slash")]
    [InlineData(
        "get-object",
        "documents",
        "k",
        """{"store":"none"}""",
        "This service has no S3 store 'none'. It has: "
    )]
    [InlineData("get-object", "documents", "k", """{"as":"file"}""", "inputs.fileStore is missing")]
    [InlineData("get-object", "documents", "k", """{"as":"text","fileStore":"folder"}""", "inputs.fileStore is for")]
    [InlineData("get-object", "documents", "k", """{"sha256":"x"}""", "inputs.sha256 is no SHA-256")]
    [InlineData("put-object", "documents", "k", "{}", "send exactly one of them, not 0")]
    [InlineData("put-object", "documents", "k", """{"text":"a","base64":"YQ=="}""", "send exactly one of them, not 2")]
    [InlineData("put-object", "documents", "k", """{"base64":"?"}""", "inputs.base64 is no base64")]
    [InlineData(
        "put-object",
        "documents",
        "k",
        """{"text":"a","metadata":{"A b":""}}""",
        "inputs.metadata.A b has a name"
    )]
    [InlineData(
        "put-object",
        "documents",
        "k",
        """{"text":"a","metadata":{"a":"ü"}}""",
        "inputs.metadata.a must be plain"
    )]
    [InlineData(
        "put-object",
        "documents",
        "k",
        """{"text":"a","metadata":{"integration-x":"1"}}""",
        "such names are reserved"
    )]
    [InlineData(
        "put-object",
        "documents",
        "k",
        """{"text":"a","createOnly":true,"ifMatch":"1"}""",
        "exclude each other"
    )]
    [InlineData("copy-object", "documents", "k", """{"toKey":"k"}""", "inputs.toKey is the object itself")]
    [InlineData("copy-object", "documents", "k", """{"toKey":"../k"}""", "inputs.toKey must not begin")]
    [InlineData("presign", "documents", "k", """{"expiresIn":0}""", "inputs.expiresIn must be between 1 and 3600")]
    [InlineData("presign", "documents", "k", """{"expiresIn":3601}""", "S3__MaxPresignExpiry")]
    [InlineData(
        "presign",
        "documents",
        "k",
        """{"contentType":"text/plain"}""",
        "inputs.contentType is for the method 'put'"
    )]
    public async Task A_wrong_input_is_told_by_its_name(
        string verb,
        string bucket,
        string key,
        string json,
        string problem
    )
    {
        var answer = await s3.CallAsync(verb, json.With(bucket, key));
        var error = answer.Errored.ShouldNotBeNull().Error;
        error.Code.ShouldBeOneOf("invalid-input", "store-unknown");
        error.Message.ShouldContain(problem);
    }

    [Theory]
    [InlineData("""{"bucket":"documents","keys":[]}""", "inputs.keys must hold 1 to 1000 keys.")]
    [InlineData("""{"bucket":"documents","keys":["a",".."]}""", "inputs.keys[1] must not")]
    public async Task Wrong_keys_are_told_by_their_place(string json, string problem)
    {
        var answer = await s3.CallAsync("delete-objects", json);
        answer.Errored.ShouldNotBeNull().Error.Message.ShouldContain(problem);
    }

    [Fact]
    public async Task A_presigned_address_works_without_credentials_for_a_while()
    {
        var key = $"presigned/{Guid.NewGuid():N} ü.txt";
        var json = """{"method":"put","expiresIn":60,"contentType":"text/plain"}""";
        var put = (await s3.CallAsync("presign", json.With("documents", key))).Outputs<PresignOperation.Output>();
        put.ExpiresAt.ShouldBe(DateTimeOffset.UtcNow.AddSeconds(60), TimeSpan.FromSeconds(20));
        put.Url.ShouldNotContain(s3.Swift.SecretKey);
        using var client = s3.Swift.CreateClient();
        using var content = new StringContent("from a browser", null, "text/plain");
        content.Headers.ContentType!.CharSet = null;
        (await client.PutAsync(new Uri(put.Url), content)).EnsureSuccessStatusCode();

        var get = (await s3.CallAsync("presign", "{}".With("documents", key))).Outputs<PresignOperation.Output>();
        get.ExpiresAt.ShouldBe(DateTimeOffset.UtcNow.AddMinutes(15), TimeSpan.FromSeconds(20));
        (await client.GetStringAsync(new Uri(get.Url))).ShouldBe("from a browser");
        var forged = await client.GetAsync(
            new Uri(get.Url.Replace("presigned", "elsewhere", StringComparison.Ordinal))
        );
        forged.StatusCode.ShouldBe(System.Net.HttpStatusCode.Forbidden);
    }
}
