// mkimage packs a folder into a container image of one layer, as an archive that
// 'ctr images import' takes. Everything in it is owned by one user.
//
//	mkimage [-user UID] [-entrypoint PATH] NAME:TAG FOLDER OUT.tar
package main

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"flag"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
)

func main() {
	user := flag.Int("user", 0, "owner of all files, and user of the process")
	entrypoint := flag.String("entrypoint", "", "what a container runs")
	flag.Parse()
	if flag.NArg() != 3 {
		log.Fatal("usage: mkimage [-user UID] [-entrypoint PATH] NAME:TAG FOLDER OUT.tar")
	}
	if err := build(flag.Arg(0), flag.Arg(1), flag.Arg(2), *user, *entrypoint); err != nil {
		log.Fatal(err)
	}
}

func build(name, folder, out string, user int, entrypoint string) error {
	layer, err := pack(folder, user)
	if err != nil {
		return err
	}
	layerSum := sum(layer)
	process := map[string]any{
		"Env":        []string{"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"},
		"User":       strconv.Itoa(user),
		"WorkingDir": "/",
	}
	if entrypoint != "" {
		process["Entrypoint"] = []string{entrypoint}
	}
	config, err := json.Marshal(map[string]any{
		"architecture": runtime.GOARCH, "os": "linux", "created": "1970-01-01T00:00:00Z",
		"config": process,
		"rootfs": map[string]any{"type": "layers", "diff_ids": []string{"sha256:" + layerSum}},
	})
	if err != nil {
		return err
	}
	manifest, err := json.Marshal([]map[string]any{{
		"Config": sum(config) + ".json", "RepoTags": []string{name}, "Layers": []string{layerSum + ".tar"},
	}})
	if err != nil {
		return err
	}
	file, err := os.Create(out)
	if err != nil {
		return err
	}
	defer file.Close()
	archive := tar.NewWriter(file)
	for _, part := range []struct {
		name    string
		content []byte
	}{{sum(config) + ".json", config}, {layerSum + ".tar", layer}, {"manifest.json", manifest}} {
		if err := archive.WriteHeader(&tar.Header{Name: part.name, Mode: 0o644, Size: int64(len(part.content))}); err != nil {
			return err
		}
		if _, err := archive.Write(part.content); err != nil {
			return err
		}
	}
	return archive.Close()
}

// pack makes the layer; without times, so that equal folders make equal images.
func pack(folder string, user int) ([]byte, error) {
	var layer bytes.Buffer
	archive := tar.NewWriter(&layer)
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || path == folder {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		target := ""
		if info.Mode()&fs.ModeSymlink != 0 {
			if target, err = os.Readlink(path); err != nil {
				return err
			}
		}
		header, err := tar.FileInfoHeader(info, target)
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(folder, path)
		if err != nil {
			return err
		}
		header = &tar.Header{
			Typeflag: header.Typeflag, Name: relative, Linkname: target,
			Mode: header.Mode, Size: header.Size, Uid: user, Gid: user,
		}
		if info.IsDir() {
			header.Name += "/"
		}
		if err := archive.WriteHeader(header); err != nil || !info.Mode().IsRegular() {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		_, err = archive.Write(content)
		return err
	})
	if err != nil {
		return nil, err
	}
	if err := archive.Close(); err != nil {
		return nil, err
	}
	return layer.Bytes(), nil
}

func sum(content []byte) string {
	digest := sha256.Sum256(content)
	return hex.EncodeToString(digest[:])
}
