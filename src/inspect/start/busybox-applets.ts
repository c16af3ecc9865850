/** Reports whether BusyBox may contain the command: its shell and env then run it without a file. */
export function isBusyboxApplet(name: string): boolean {
  return applets.has(name);
}

/** Applets of BusyBox 1.36 and toybox 0.8. A build may leave out any of them. */
const applets: ReadonlySet<string> = new Set(
  `[ [[ acpi acpid add-shell addgroup adduser adjtimex ar arch arp arping ascii ash awk base64 basename bbconfig bc
  beep blkdiscard blkid blockdev bootchartd brctl bunzip2 busybox bzcat bzip2 cal cat chat chattr chcon chgrp chmod
  chown chpasswd chpst chroot chrt chsh chvt cksum clear cmp comm conspy count cp cpio crc32 crond crontab cryptpw
  cttyhack cut date dc dd deallocvt demo_number depmod devmem df dhcprelay diff dirname dmesg dnsd dnsdomainname
  dos2unix dpkg dpkg-deb du dumpkmap dumpleases echo ed egrep eject env envdir envuidgid ether-wake expand expr factor
  fakeidentd fallocate false fatattr fbset fbsplash fdflush fdformat fdisk fgconsole fgrep file find findfs
  flash_eraseall flash_lock flash_unlock flashcp flock fold free freeramdisk fsck fsck.minix fsfreeze fstrim fstype
  fsync ftpget ftpput fuser getconf getenforce getfattr getopt getsebool getty gpiodetect grep groups gunzip gzip halt
  hd hdparm head hello help hexdump host hostid hostname httpd hush hwclock i2cdetect i2cdump i2cget i2cset
  i2ctransfer iconv id ifconfig ifdown ifplugd ifup inetd init inotifyd insmod install ionice iorenice iostat ip
  ipaddr ipcalc ipcrm ipcs iplink ipneigh iproute iprule iptunnel jps kill killall killall5 klogd last less link
  linux32 linux64 linuxrc ln load_policy loadfont loadkmap logger login logname logpath logread losetup lpd lpq lpr ls
  lsattr lsmod lsof lspci lsscsi lsusb lzcat lzma lzop lzopcat makedevs makemime man matchpathcon mcookie md5sum mdev
  memeater mesg microcom mim minips mix mkdir mkdosfs mke2fs mkfifo mkfs.ext2 mkfs.minix mkfs.reiser mkfs.vfat mknod
  mkpasswd mkswap mktemp modinfo modprobe more mount mountpoint mpstat msh mt mv nameif nanddump nandwrite nbd-client
  nc netcat netstat nl nmeter nologin nproc nsenter nslookup ntpd nuke od oneit openvt partprobe passwd paste patch
  pgrep pidof ping ping6 pipe_progress pivot_root pkill pmap popmaildir poweroff powertop printf prlimit ps pscan
  pstree pwd pwdx raidautorun rdate readahead readelf readlink readprofile realpath reboot reformime remove-shell
  renice reset resize restorecon resume rev rfkill rm rmdir rmmod route rpm rpm2cpio rtcwake run-init run-parts runcon
  runlevel runsv runsvdir rx sb script scriptreplay sed selinuxenabled sendmail seq sestatus setarch setenforce
  setfattr setfiles setfont setkeycodes setlogcons setpriv setsebool setserial setsid setuidgid sh sha1sum sha224sum
  sha256sum sha384sum sha3sum sha512sum showkey showsize shred shuf slattach sleep smemcap sntp softlimit sort split
  ssl_client start-stop-daemon stat strace strings stty su sulogin sum sv svc svlogd svok swapoff swapon switch_root
  sync sysctl syslogd tac tail tar taskset tc tcpsvd tee telnet telnetd test tftp time timeout top touch toybox toysh
  tr traceroute traceroute6 tree true truncate ts ttop tty tunctl tune2fs ubiattach ubidetach ubimkvol ubirename
  ubirmvol ubirsvol ubiupdatevol uclampset udhcpc udhcpc6 udhcpd udpsvd uevent ulimit umount uname uncompress unexpand
  unicode uniq unit unix2dos unlink unlzma unshare unxz unzip uptime users usleep uudecode uuencode uuidgen vconfig vi
  vlock vmstat volname w wall watch watchdog wc wget which who whoami whois xargs xxd xz xzcat yes zcat zcip`.split(
    /\s+/,
  ),
);
