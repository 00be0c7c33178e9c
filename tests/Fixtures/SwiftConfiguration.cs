namespace Integration.Fixtures;

/// <summary>The files of one Swift: three servers with one device in common, a proxy with the S3 API in front of them.</summary>
internal sealed class SwiftConfiguration(TemporaryFolder folder, int proxyPort)
{
    public const string AdministratorSecret = "testing-secret-of-the-administrator";
    public const string GuestSecret = "testing-secret-of-the-guest";

    /// <summary>Buckets are hosts of it, too. No name service knows it.</summary>
    public const string Domain = "store.test";

    private readonly Dictionary<string, int> _ports = new(StringComparer.Ordinal)
    {
        ["account"] = FreePort.Next(),
        ["container"] = FreePort.Next(),
        ["object"] = FreePort.Next(),
    };

    public int CachePort { get; } = FreePort.Next();

    public IEnumerable<string> Servers => _ports.Keys;

    public string Authority => folder.Combine("authority.pem");

    public string FileOf(string server) => folder.Combine($"{server}.conf");

    /// <summary>Python that makes the rings: where in the cluster what is, here always on the one device.</summary>
    public string Rings =>
        string.Join(
            '\n',
            [
                "from swift.common.ring import RingBuilder",
                .. _ports.Select(server =>
                    $"b = RingBuilder(2, 1, 0); b.add_dev(dict(id=0, region=1, zone=1, ip='127.0.0.1', port={server.Value}, "
                    + $"replication_ip='127.0.0.1', replication_port={server.Value}, device='disk', weight=1)); b.rebalance(); "
                    + $"b.get_ring().save('{folder.Combine($"{server.Key}.ring.gz")}')"
                ),
            ]
        );

    public void Write()
    {
        Directory.CreateDirectory(folder.Combine("devices", "disk"));
        WriteCertificates();
        File.WriteAllText(folder.Combine("swift.conf"), "[swift-hash]\nswift_hash_path_suffix = tests\n");
        foreach (var (server, port) in _ports)
        {
            File.WriteAllText(
                FileOf(server),
                $"""
                {Common(port)}
                devices = {folder.Combine("devices")}
                mount_check = false
                fallocate_reserve = 0
                [pipeline:main]
                pipeline = {server}-server
                [app:{server}-server]
                use = egg:swift#{server}

                """
            );
        }

        File.WriteAllText(FileOf("proxy"), Proxy());
    }

    private void WriteCertificates()
    {
        using var authority = new TestAuthority();
        File.Copy(authority.PemFile, Authority);
        authority.Issue(
            folder.Combine("server.pem"),
            folder.Combine("server.key"),
            "localhost",
            until: null,
            "127.0.0.1",
            Domain,
            $"*.{Domain}"
        );
    }

    private string Common(int port) =>
        $"""
            [DEFAULT]
            bind_ip = 127.0.0.1
            bind_port = {port}
            workers = 0
            swift_dir = {folder.Path}
            user = {Environment.UserName}
            log_address = {folder.Combine("no-log")}
            log_level = WARNING
            """;

    private string Proxy() =>
        $"""
            {Common(proxyPort)}
            cert_file = {folder.Combine("server.pem")}
            key_file = {folder.Combine("server.key")}
            [pipeline:main]
            pipeline = catch_errors healthcheck cache listing_formats bulk s3api tempauth copy slo dlo versioned_writes symlink proxy-server
            [app:proxy-server]
            use = egg:swift#proxy
            account_autocreate = true
            error_suppression_limit = 1000000
            [filter:tempauth]
            use = egg:swift#tempauth
            user_test_administrator = {AdministratorSecret} .admin
            user_test_guest = {GuestSecret}
            [filter:s3api]
            use = egg:swift#s3api
            location = us-east-1
            storage_domain = {Domain}
            [filter:cache]
            use = egg:swift#memcache
            memcache_servers = 127.0.0.1:{CachePort}
            [filter:catch_errors]
            use = egg:swift#catch_errors
            [filter:healthcheck]
            use = egg:swift#healthcheck
            [filter:listing_formats]
            use = egg:swift#listing_formats
            [filter:bulk]
            use = egg:swift#bulk
            [filter:copy]
            use = egg:swift#copy
            [filter:slo]
            use = egg:swift#slo
            [filter:dlo]
            use = egg:swift#dlo
            [filter:symlink]
            use = egg:swift#symlink
            [filter:versioned_writes]
            use = egg:swift#versioned_writes
            allow_versioned_writes = true
            allow_object_versioning = true

            """;
}
